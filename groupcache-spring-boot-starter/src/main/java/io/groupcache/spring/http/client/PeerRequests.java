package io.groupcache.spring.http.client;

import io.groupcache.GetContext;
import io.groupcache.groupcachepb.ChangeId;
import io.groupcache.spring.http.wire.ChangesHeader;
import io.groupcache.spring.http.wire.KeyAnswer;
import io.groupcache.spring.http.wire.LoadingHeaders;
import io.groupcache.spring.http.wire.ManyKeys;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.PeerPath;
import io.groupcache.spring.http.wire.PeerTimeout;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.ValueMessage;
import io.groupcache.spring.http.wire.ValueTimes;
import io.groupcache.spring.http.wire.Waits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** The requests to one peer, each of which ends in time. Safe for use from many threads. */
final class PeerRequests implements PeerQuestions {

  static final MediaType PROTOBUF = MediaType.valueOf(ValueMessage.CONTENT_TYPE);

  static final String CONTEXT_ATTRIBUTE = GetContext.class.getName();

  /** A peer that has so long, and says nothing, is ill. */
  private static final Duration ENOUGH_TIME = Duration.ofMillis(200);

  private static final long ONE_BY_ONE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** How long a wait may be held, and a second for its way. */
  private static final Duration WAIT_TIMEOUT = Waits.HOLD.plusSeconds(1);

  private final RestClient restClient;
  private final String peer;
  private final String urlPrefix;
  private final ProcessId self;
  private final PeerAnswers answers;

  /** Until when, in the time of {@link System#nanoTime}, the peer is asked key by key. */
  private volatile long oneByOneUntil = System.nanoTime();

  PeerRequests(
      RestClient restClient, String peer, String basePath, int maxValueBytes, ProcessId self) {
    this.restClient = restClient;
    this.peer = peer;
    this.urlPrefix = peer + basePath;
    this.self = self;
    this.answers = new PeerAnswers(peer, maxValueBytes);
  }

  String peer() {
    return peer;
  }

  /** Until the peer refuses a question about many keys, and then again after a while. */
  @Override
  public boolean takesMany() {
    return System.nanoTime() - oneByOneUntil >= 0;
  }

  @Override
  public KeyAnswer get(GetContext context, String group, String key) {
    Optional<Duration> time = timeOf(context);
    List<ChangeId> changes = context.changes(key);
    long start = System.nanoTime();
    try {
      KeyAnswer answer =
          restClient
              .get()
              .uri(URI.create(urlPrefix + new PeerPath(group, key).encoded()))
              .headers(
                  headers(
                      time,
                      headers -> {
                        headers.set(LoadingHeaders.ASKER, self.toString());
                        if (!changes.isEmpty()) {
                          headers.set(ChangesHeader.HEADER, ChangesHeader.write(changes));
                        }
                      }))
              .attribute(CONTEXT_ATTRIBUTE, context)
              .exchangeForRequiredValue((sent, response) -> answers.ofGet(response, key));
      return Objects.requireNonNull(onArrival(answer, System.nanoTime() - start));
    } catch (PeerFailure answered) {
      throw answered;
    } catch (RuntimeException e) {
      throw failed(e, time);
    }
  }

  @Override
  public @Nullable KeyAnswer @Nullable [] getAll(
      GetContext context, String group, List<String> keys, List<List<String>> ancestors) {
    @Nullable KeyAnswer[] said =
        post(
            context,
            timeOf(context),
            PeerPath.encodedGroup(group),
            ManyKeys.encode(self, keys, ancestors, context::changes),
            keys,
            false);
    if (said == null) {
      oneByOneUntil = System.nanoTime() + ONE_BY_ONE_NANOS;
    }
    return said;
  }

  /**
   * Waits for loads that the peer has named, until there is something to say of one of them, or for
   * a while.
   *
   * @param loads their ids, with the ancestors of each
   * @param keys what they are for
   * @return what it says of each; null of those that are still loading
   */
  @Nullable KeyAnswer[] await(long process, Map<Long, List<String>> loads, List<String> keys) {
    @Nullable KeyAnswer[] said =
        post(
            GetContext.background(),
            Optional.of(WAIT_TIMEOUT),
            "",
            Waits.encode(self, process, loads),
            keys,
            true);
    if (said == null) {
      throw new PeerFailure(
          "Peer " + peer + " does not know how to wait", null, true, PeerFailure.Health.ILL);
    }
    return said;
  }

  private @Nullable KeyAnswer @Nullable [] post(
      GetContext context,
      Optional<Duration> time,
      String path,
      byte[] body,
      List<String> keys,
      boolean isWait) {
    long start = System.nanoTime();
    try {
      @Nullable KeyAnswer[] said =
          restClient
              .post()
              .uri(URI.create(urlPrefix + path))
              .headers(headers(time, headers -> {}))
              .attribute(CONTEXT_ATTRIBUTE, context)
              .contentType(PROTOBUF)
              .body(body)
              .exchange((sent, response) -> answers.ofMany(response, keys, isWait));
      long nanos = System.nanoTime() - start;
      for (int i = 0; said != null && i < said.length; i++) {
        said[i] = onArrival(said[i], nanos);
      }
      return said;
    } catch (PeerFailure answered) {
      throw answered;
    } catch (RuntimeException e) {
      throw failed(e, time);
    }
  }

  private static @Nullable KeyAnswer onArrival(@Nullable KeyAnswer answer, long nanos) {
    return answer instanceof KeyAnswer.Value value
        ? new KeyAnswer.Value(ValueTimes.onArrival(value.response(), nanos))
        : answer;
  }

  /**
   * How long a question may be unanswered: half of the time, since it is answered at once, and
   * another has to load the key where it is not.
   */
  private static Optional<Duration> timeOf(GetContext context) {
    return context.remaining().map(left -> left.dividedBy(2));
  }

  private static Consumer<HttpHeaders> headers(
      Optional<Duration> time, Consumer<HttpHeaders> others) {
    return headers -> {
      time.ifPresent(left -> headers.set(PeerTimeout.HEADER, PeerTimeout.write(left)));
      others.accept(headers);
    };
  }

  private PeerFailure failed(RuntimeException failure, Optional<Duration> time) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    boolean wasNotAsked = cause instanceof ConnectionRequestTimeoutException;
    return PeerFailure.ofRequest(peer, failure, cause, wasNotAsked || !isEnough(time));
  }

  private static boolean isEnough(Optional<Duration> time) {
    return time.filter(given -> given.compareTo(ENOUGH_TIME) < 0).isEmpty();
  }
}
