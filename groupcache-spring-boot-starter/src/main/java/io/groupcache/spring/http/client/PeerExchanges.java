package io.groupcache.spring.http.client;

import io.groupcache.groupcachepb.Exchange;
import io.groupcache.spring.http.wire.ExchangeMessage;
import io.groupcache.spring.http.wire.LogText;
import io.groupcache.spring.http.wire.PeerError;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.PeerTimeout;
import io.groupcache.spring.http.wire.ProcessId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

/**
 * Tells one peer of changes, and hears of them, over connections that questions don't use, and
 * whatever the breaker says. A peer that is none in Java is never sent them: before the first
 * message it is asked who it is, and that only when there is something to say. Safe for use from
 * many threads.
 */
final class PeerExchanges {

  private static final long ASK_GO_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** What answers there may be an application that starts, or a proxy before it. */
  private static final long ASK_OTHERS_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final RestClient restClient;
  private final String peer;
  private final URI uri;
  private final ProcessId self;

  private volatile boolean known;

  /** What it was, when it was asked, instead of a peer in Java. */
  private volatile @Nullable Stranger stranger;

  PeerExchanges(RestClient restClient, String peer, String basePath, ProcessId self) {
    this.restClient = restClient;
    this.peer = peer;
    this.uri = URI.create(peer + basePath);
    this.self = self;
  }

  /**
   * Says something, and gives the answer; empty where the peer takes no such messages.
   *
   * @throws io.groupcache.PeerException when there is no answer in time
   */
  Optional<Exchange> exchange(Exchange said, Duration timeout) {
    if (!known && said.getStamp() == 0) {
      // In a ring where nothing changes, peers need not hear of each other, and are sent nothing.
      throw failure("has not been told of a change yet");
    }
    long start = System.nanoTime();
    try {
      if (!known && !isInJava(timeout)) {
        return Optional.empty();
      }
      Duration left = timeout.minusNanos(System.nanoTime() - start);
      return Optional.of(
          restClient
              .post()
              .uri(uri)
              .header(PeerTimeout.HEADER, PeerTimeout.write(left))
              .header(ExchangeMessage.HEADER, ExchangeMessage.VERSION)
              .contentType(PeerRequests.PROTOBUF)
              .body(said.toByteArray())
              .exchangeForRequiredValue((request, response) -> read(response)));
    } catch (PeerFailure answered) {
      known = false; // another may be there by now
      throw answered;
    } catch (RuntimeException e) {
      known = false;
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw PeerFailure.ofRequest(peer, e, cause, false);
    }
  }

  private boolean isInJava(Duration timeout) {
    Stranger last = stranger;
    if (last != null && System.nanoTime() - last.until < 0) {
      if (last.failure != null) {
        throw failure(last.failure);
      }
      return false;
    }
    known =
        restClient
            .get()
            .uri(uri)
            .header(PeerTimeout.HEADER, PeerTimeout.write(timeout))
            .header(ProcessId.QUESTION_HEADER, self.toString())
            .exchangeForRequiredValue((request, response) -> saysItIsInJava(response));
    return known;
  }

  private boolean saysItIsInJava(ClientHttpResponse response) throws IOException {
    if (response.getHeaders().containsHeader(ProcessId.HEADER)) {
      stranger = null;
      return true;
    }
    int status = response.getStatusCode().value();
    if (status == 400 && !response.getHeaders().containsHeader(PeerError.HEADER)) {
      stranger = new Stranger(System.nanoTime() + ASK_GO_AGAIN_NANOS, null); // golang/groupcache
      return false;
    }
    String how = "answered the question who it is with status " + status;
    stranger = new Stranger(System.nanoTime() + ASK_OTHERS_AGAIN_NANOS, how);
    throw failure(how);
  }

  private Exchange read(ClientHttpResponse response) throws IOException {
    int status = response.getStatusCode().value();
    try (InputStream body = response.getBody()) {
      if (status != 200) {
        throw failure(
            "answered what it was told with status "
                + status
                + ": "
                + LogText.oneLine(new String(body.readNBytes(1024), StandardCharsets.UTF_8)));
      }
      byte[] bytes = body.readNBytes(ExchangeMessage.MAX_BYTES + 1);
      if (bytes.length > ExchangeMessage.MAX_BYTES) {
        throw failure("answered what it was told at too great a length");
      }
      try {
        return ExchangeMessage.parse(bytes);
      } catch (IllegalArgumentException e) {
        throw failure("answered what it was told with what can't be read");
      }
    }
  }

  private PeerFailure failure(String how) {
    return new PeerFailure("Peer " + peer + " " + how, null, true, PeerFailure.Health.UNKNOWN);
  }

  /**
   * One that is no peer in Java.
   *
   * @param until when it is asked again, in the time of {@link System#nanoTime}
   * @param failure why it can't be told now; null where it never can
   */
  private record Stranger(long until, @Nullable String failure) {}
}
