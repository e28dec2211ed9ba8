package io.groupcache.internal.peer;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.PeerException;
import io.groupcache.ProtoGetter;
import io.groupcache.ResultHandler;
import io.groupcache.groupcachepb.GetResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keys of one owner that are got together: in one request, and where that fails, each from those
 * who stand in for the owner, which again are asked together and all at the same time, and in the
 * end here.
 */
final class PeerBatch {

  /** In how many threads a peer is asked key by key that takes no more than one. */
  private static final int MAX_THREADS = 16;

  private final PeerLoads loads;
  private final GetContext context;
  private final GetContext load;
  private final int maxLoadsHere;
  private final ResultHandler<GetResult> results;

  PeerBatch(
      PeerLoads loads,
      GetContext context,
      GetContext load,
      int maxLoadsHere,
      ResultHandler<GetResult> results) {
    this.loads = loads;
    this.context = context;
    this.load = load;
    this.maxLoadsHere = maxLoadsHere;
    this.results = results;
  }

  void begin(ProtoGetter owner, Collection<String> keys) {
    List<Failover> all = new ArrayList<>(keys.size());
    keys.forEach(key -> all.add(loads.failover(owner, key, context)));
    try {
      askInOtherThreads(owner, all);
    } catch (Throwable refusal) { // an Error too: no thread could be made, say
      keys.forEach(key -> results.onFailure(key, loads.refused(key, refusal)));
    }
  }

  private void askStandIn(ProtoGetter standIn, List<Failover> keys) {
    try {
      askInOtherThreads(standIn, keys);
    } catch (Throwable refusal) { // an Error too: no thread could be made, say
      askFor(standIn, keys); // in this one, then
    }
  }

  /**
   * Asks for all of them at once, or, of a peer that takes one key at a time, for some in each
   * thread.
   */
  private void askInOtherThreads(ProtoGetter peer, List<Failover> keys) {
    int threads = Math.min(keys.size(), peer.takesMany() ? 1 : MAX_THREADS);
    Queue<List<Failover>> slices = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < threads; i++) {
      slices.add(keys.subList(keys.size() * i / threads, keys.size() * (i + 1) / threads));
    }
    loads.execute(
        threads,
        () -> {
          for (var slice = slices.poll(); slice != null; slice = slices.poll()) {
            askFor(peer, slice);
          }
        });
  }

  private void askFor(ProtoGetter peer, List<Failover> keys) {
    try {
      ask(peer, keys);
    } catch (Throwable failure) { // an Error too must not leave callers waiting
      keys.forEach(key -> results.onFailure(key.key(), loads.refused(key.key(), failure)));
    }
  }

  private void ask(ProtoGetter peer, List<Failover> keys) {
    Answers answers = new Answers(keys);
    boolean together = peer.takesMany();
    try {
      peer.getAll(
          PeerLoads.contextFor(peer, context),
          loads.nameBetweenPeers(),
          List.copyOf(answers.open.keySet()),
          answers);
    } catch (Throwable failure) { // an Error too: a local load would spare the callers that
      answers.failRest(failure);
    }
    if (together && !peer.takesMany()) { // as it has turned out
      askStandIn(peer, List.copyOf(answers.open.values()));
    } else {
      answers.failRest(new PeerException("The peer left keys without an answer", null));
    }
    answers.next.forEach(this::askStandIn);
    loadHere(answers);
  }

  private void loadHere(Answers answers) {
    List<String> keys = List.copyOf(answers.here.keySet());
    if (keys.isEmpty()) {
      return;
    }
    if (context.remainingNanos() > 0) {
      loads.loadHere(load, keys, maxLoadsHere, answers.ofLastResort);
    } else {
      keys.forEach(key -> answers.ofLastResort.onFailure(key, loads.noTimeLeft(key)));
    }
  }

  /** What one peer answers, key by key. */
  private final class Answers implements ResultHandler<GetResponse> {

    final Map<String, Failover> open = new LinkedHashMap<>();

    /** By whom to ask. */
    final Map<ProtoGetter, List<Failover>> next = new LinkedHashMap<>();

    /** Those for which there is nobody left to ask. */
    final Map<String, Failover> here = new LinkedHashMap<>();

    final ResultHandler<GetResult> ofLastResort =
        new ResultHandler<>() {
          @Override
          public void onValue(String key, GetResult value) {
            results.onValue(key, value);
          }

          @Override
          public void onFailure(String key, RuntimeException failure) {
            Failover failover = here.get(key);
            results.onFailure(key, failover == null ? failure : failover.explained(failure));
          }

          @Override
          public boolean isWaiting(String key) {
            return results.isWaiting(key);
          }
        };

    Answers(List<Failover> keys) {
      keys.forEach(key -> open.put(key.key(), key));
    }

    @Override
    public void onValue(String key, GetResponse response) {
      Failover answered = open.remove(key);
      if (answered != null) {
        GetResult result;
        try {
          result = loads.received(key, response, answered.ticket());
        } catch (Throwable failure) { // of the promotion policy, or for want of a response
          goOn(answered, PeerOutcome.noAnswer(failure));
          return;
        }
        results.onValue(key, result);
      }
    }

    @Override
    public void onFailure(String key, RuntimeException failure) {
      Objects.requireNonNull(failure, "failure");
      Failover answered = open.remove(key);
      if (answered == null) {
        return;
      }
      PeerOutcome outcome = PeerOutcome.of(failure);
      if (outcome instanceof PeerOutcome.NoAnswer noAnswer) {
        goOn(answered, noAnswer);
      } else {
        tell(answered, failure);
      }
    }

    private void tell(Failover answered, RuntimeException lastWord) {
      GetResult stale;
      try {
        stale = loads.staleOr(answered.key(), lastWord, answered.ticket());
      } catch (RuntimeException none) {
        results.onFailure(answered.key(), none);
        return;
      }
      results.onValue(answered.key(), stale);
    }

    /** What is thrown is nobody's last word: it says of no key what its getter did. */
    void failRest(Throwable failure) {
      List<Failover> rest = List.copyOf(open.values());
      open.clear();
      rest.forEach(key -> goOn(key, PeerOutcome.noAnswer(failure)));
    }

    private void goOn(Failover key, PeerOutcome.NoAnswer outcome) {
      loads.count(outcome);
      ProtoGetter standIn;
      try {
        standIn = key.next(outcome);
      } catch (RuntimeException ofPicker) {
        results.onFailure(key.key(), key.explained(ofPicker));
        return;
      }
      if (standIn == null) {
        here.put(key.key(), key);
      } else {
        next.computeIfAbsent(standIn, peer -> new ArrayList<>()).add(key);
      }
    }
  }
}
