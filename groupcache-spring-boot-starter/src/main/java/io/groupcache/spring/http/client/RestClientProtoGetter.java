package io.groupcache.spring.http.client;

import io.groupcache.DeadlineExceededException;
import io.groupcache.GetContext;
import io.groupcache.ResultHandler;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.spring.http.PeerClient;
import io.groupcache.spring.http.PeerState;
import io.groupcache.spring.http.wire.KeyAnswer;
import io.groupcache.spring.http.wire.ManyKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRequest;

/**
 * Asks one peer for values over HTTP, with a {@link org.springframework.web.client.RestClient}: a
 * question is answered at once, and what the peer has to load is waited for as long as the caller
 * waits. Safe for use from many threads.
 */
public final class RestClientProtoGetter implements PeerClient {

  private final PeerBreaker peer;
  private final LoadWaits waits;
  private final PeerExchanges exchanges;
  private final long readTimeoutNanos;
  private final Map<String, CombinedReads> reads = new ConcurrentHashMap<>();

  RestClientProtoGetter(
      PeerBreaker peer, LoadWaits waits, PeerExchanges exchanges, long readTimeoutNanos) {
    this.peer = peer;
    this.waits = waits;
    this.exchanges = exchanges;
    this.readTimeoutNanos = readTimeoutNanos;
  }

  /**
   * The context of the get for which a request to a peer is made, for use in a {@link
   * org.springframework.http.client.ClientHttpRequestInterceptor}.
   */
  public static Optional<GetContext> contextOf(HttpRequest request) {
    return Optional.ofNullable(
        (GetContext) request.getAttributes().get(PeerRequests.CONTEXT_ATTRIBUTE));
  }

  @Override
  public PeerState state() {
    return peer.state();
  }

  @Override
  public GetResponse get(GetContext context, GetRequest request) {
    String group = request.getGroup();
    String key = request.getKey();
    CombinedReads ofGroup = reads.computeIfAbsent(group, name -> new CombinedReads(peer, name));
    Repetition repetition = new Repetition(context, readTimeoutNanos);
    while (true) {
      KeyAnswer answer = ofGroup.get(context, key);
      if (answer instanceof KeyAnswer.Loading load) {
        AtomicReference<@Nullable KeyAnswer> outcome = new AtomicReference<>();
        waits.await(context, Map.of(key, load), (waited, came) -> outcome.set(came));
        answer = outcome.get();
      }
      if (answer instanceof KeyAnswer.Value value) {
        return value.response();
      } else if (answer instanceof KeyAnswer.Failed failed) {
        throw failed.failure();
      } else if (!(answer instanceof KeyAnswer.Again again) || !repetition.isWorthwhile(again)) {
        throw stillLoading(group, key);
      }
    }
  }

  @Override
  public void getAll(
      GetContext context,
      String group,
      Collection<String> keys,
      ResultHandler<GetResponse> answers) {
    List<String> ancestors = context.ancestors();
    for (List<String> part : ManyKeys.split(keys, ancestors, context::changes)) {
      if (!takesMany()) {
        PeerClient.super.getAll(context, group, part, answers);
      } else if (!getMany(context, group, part, ancestors, answers)) {
        return; // the peer does not know how: its caller has threads to ask key by key
      }
    }
  }

  private boolean getMany(
      GetContext context,
      String group,
      List<String> keys,
      List<String> ancestors,
      ResultHandler<GetResponse> answers) {
    Repetition repetition = new Repetition(context, readTimeoutNanos);
    List<String> toAsk = keys;
    while (!toAsk.isEmpty()) {
      List<String> again = new ArrayList<>();
      Map<String, KeyAnswer.Loading> loading = new LinkedHashMap<>();
      @Nullable KeyAnswer[] said =
          peer.getAll(context, group, toAsk, Collections.nCopies(toAsk.size(), ancestors));
      if (said == null) {
        return false;
      }
      for (int i = 0; i < said.length; i++) {
        String key = toAsk.get(i);
        KeyAnswer answer = Objects.requireNonNull(said[i]);
        if (answer instanceof KeyAnswer.Loading load) {
          loading.put(key, load);
        } else if (!tell(key, answer, answers)) {
          again.add(key);
        }
      }
      Set<String> late =
          waits.await(
              context,
              loading,
              (key, answer) -> {
                if (!tell(key, answer, answers)) {
                  again.add(key);
                }
              });
      late.forEach(key -> answers.onFailure(key, stillLoading(group, key)));
      if (!again.isEmpty() && !repetition.isWorthwhile(new KeyAnswer.Again(true))) {
        again.forEach(key -> answers.onFailure(key, stillLoading(group, key)));
        again.clear();
      }
      toAsk = again;
    }
    return true;
  }

  private static boolean tell(String key, KeyAnswer answer, ResultHandler<GetResponse> answers) {
    if (answer instanceof KeyAnswer.Value value) {
      answers.onValue(key, value.response());
    } else if (answer instanceof KeyAnswer.Failed failed) {
      answers.onFailure(key, failed.failure());
    }
    return !(answer instanceof KeyAnswer.Again);
  }

  @Override
  public Optional<Exchange> exchange(Exchange said, Duration timeout) {
    return exchanges.exchange(said, timeout);
  }

  @Override
  public void leaves() {
    peer.leaves();
  }

  private static DeadlineExceededException stillLoading(String group, String key) {
    return new DeadlineExceededException(
        "Key '" + key + "' of group '" + group + "' was still loading when this get's time was up");
  }

  @Override
  public boolean takesMany() {
    return peer.takesMany();
  }

  /** It does: what sends it keeps to the header that says how much time there is. */
  @Override
  public boolean endsInTime() {
    return true;
  }
}
