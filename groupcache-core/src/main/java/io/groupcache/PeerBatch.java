package io.groupcache;

import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.singleflight.Flight;
import io.groupcache.singleflight.Landings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one owner that are got together: in one request, and where that fails, each from its
 * stand-ins, which again are asked together and all at the same time, and in the end here. What
 * {@link PeerLoads} says of one key holds for each of them.
 */
final class PeerBatch {

  private final PeerLoads loads;
  private final ProtoGetter owner;
  private final GetContext context;
  private final GetContext half;

  PeerBatch(PeerLoads loads, ProtoGetter owner, GetContext context) {
    this.loads = loads;
    this.owner = owner;
    this.context = context;
    this.half = context.withHalfOfItsTime();
  }

  /** Has the flights landed, in other threads. */
  void load(List<Flight<String, GetResult>> flights) {
    start(owner, flights.stream().map(Attempt::new).toList());
  }

  private void start(ProtoGetter peer, List<Attempt> attempts) {
    int slices = peer.takesMany() ? 1 : Math.min(attempts.size(), Group.MAX_LOADS);
    for (int i = 0; i < slices; i++) {
      int from = attempts.size() * i / slices;
      int to = attempts.size() * (i + 1) / slices;
      startSlice(peer, attempts.subList(from, to));
    }
  }

  private void startSlice(ProtoGetter peer, List<Attempt> attempts) {
    try {
      loads.start(() -> land(peer, attempts), attempts.get(0).key());
    } catch (Throwable refusal) { // an Error too: no thread could be made, say
      attempts.forEach(attempt -> attempt.flight.fail(refusal));
    }
  }

  private void land(ProtoGetter peer, List<Attempt> attempts) {
    try {
      attempts.forEach(attempt -> attempt.flight.begin());
      goOn(ask(peer, attempts));
    } catch (Throwable failure) { // an Error too must not leave callers waiting
      attempts.forEach(attempt -> attempt.flight.fail(failure));
    }
  }

  /** Those of the keys that the peer has not answered, each with one failure more. */
  private List<Attempt> ask(ProtoGetter peer, List<Attempt> attempts) {
    Map<String, Attempt> open = new LinkedHashMap<>();
    for (Attempt attempt : attempts) {
      if (peer != owner || !loads.landFromCache(attempt.flight)) {
        open.put(attempt.key(), attempt);
      }
    }
    if (peer == owner) {
      loads.begun(open.size());
    }
    Answers answers = new Answers(open);
    if (!open.isEmpty()) {
      try {
        peer.getAll(half, loads.group(), List.copyOf(open.keySet()), answers);
        answers.failRest(new PeerException("The peer left keys without an answer", null));
      } catch (Throwable failure) { // an Error too: a local load would spare the callers that
        answers.failRest(failure);
      }
    }
    return answers.failed;
  }

  private void goOn(List<Attempt> failed) {
    Map<ProtoGetter, List<Attempt>> next = new LinkedHashMap<>();
    List<Attempt> here = new ArrayList<>();
    for (Attempt attempt : failed) {
      ProtoGetter standIn = attempt.nextStandIn();
      (standIn == null ? here : next.computeIfAbsent(standIn, peer -> new ArrayList<>()))
          .add(attempt);
    }
    next.forEach(this::start);
    if (!here.isEmpty()) {
      loadHere(here);
    }
  }

  private void loadHere(List<Attempt> attempts) {
    Map<String, Attempt> byKey = new LinkedHashMap<>();
    attempts.forEach(attempt -> byKey.put(attempt.key(), attempt));
    Landings<String, GetResult> landings = new Landings<>(context.remainingNanos());
    loads.boardHere(context, byKey.keySet(), landings);
    loads.await(
        landings,
        new ResultHandler<>() {
          @Override
          public void onValue(String key, GetResult result) {
            attempt(key).flight.succeed(result);
          }

          @Override
          public void onFailure(String key, RuntimeException failure) {
            attempt(key).failures.forEach(failure::addSuppressed);
            attempt(key).flight.fail(failure);
          }

          private Attempt attempt(String key) {
            return Objects.requireNonNull(byKey.get(key));
          }
        });
  }

  /** What one peer answers, key by key. */
  private final class Answers implements ResultHandler<GetResponse> {

    private final Map<String, Attempt> open;
    private final List<Attempt> failed = new ArrayList<>();

    Answers(Map<String, Attempt> open) {
      this.open = open;
    }

    @Override
    public void onValue(String key, GetResponse response) {
      Attempt attempt = open.remove(key);
      if (attempt != null) {
        attempt.flight.succeed(loads.received(key, response));
      }
    }

    @Override
    public void onFailure(String key, RuntimeException failure) {
      Attempt attempt = open.remove(key);
      if (attempt != null) {
        fail(attempt, failure);
      }
    }

    void failRest(Throwable failure) {
      open.values().forEach(attempt -> fail(attempt, failure));
      open.clear();
    }

    private void fail(Attempt attempt, Throwable failure) {
      if (PeerLoads.isLastWord(failure)) {
        attempt.flight.fail(failure);
      } else {
        loads.countFailure(failure);
        attempt.failures.add(failure);
        failed.add(attempt);
      }
    }
  }

  /** One key's way along the ring. */
  private final class Attempt {

    private final Flight<String, GetResult> flight;
    private final List<Throwable> failures = new ArrayList<>();
    private @Nullable Iterator<ProtoGetter> standIns;

    Attempt(Flight<String, GetResult> flight) {
      this.flight = flight;
    }

    String key() {
      return flight.key();
    }

    /** Who is asked next; null when it is nobody's turn but this peer's. */
    @Nullable ProtoGetter nextStandIn() {
      if (standIns == null) {
        standIns = loads.standIns(owner, key());
      }
      boolean another =
          PeerLoads.anotherPeerMayAnswer(failures.get(failures.size() - 1))
              && half.remainingNanos() > 0
              && standIns.hasNext();
      return another ? standIns.next() : null;
    }
  }
}
