package io.groupcache;

import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.singleflight.Arrivals;
import io.groupcache.singleflight.Caller;
import io.groupcache.singleflight.Crew;
import io.groupcache.singleflight.Flight;
import io.groupcache.singleflight.Landings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one owner that are got together: in one request, and where that fails, each from its
 * stand-ins, which again are asked together and all at the same time, and in the end here. What
 * {@link PeerLoads} says of one key holds for each of them.
 */
final class PeerBatch implements Crew<String, GetResult> {

  /** How many values may arrive before callers are told, so that they are woken once. */
  private static final int ARRIVING_TOGETHER = 128;

  private final PeerLoads loads;
  private final ProtoGetter owner;
  private final GetContext context;
  private final GetContext half;

  /** How many keys may be loaded here at a time, should it come to that. */
  private final int maxLoadsHere;

  private int size;

  PeerBatch(PeerLoads loads, ProtoGetter owner, GetContext context, int maxLoadsHere) {
    this.loads = loads;
    this.owner = owner;
    this.context = context;
    this.half = context.withHalfOfItsTime();
    this.maxLoadsHere = maxLoadsHere;
  }

  @Override
  public void fly(Caller caller, List<Flight<String, GetResult>> flights) {
    List<Attempt> toAskFor = new ArrayList<>();
    List<String> toLoadHere = new ArrayList<>();
    for (Flight<String, GetResult> flight : flights) {
      if (flight.isQueued()) {
        toLoadHere.add(flight.key());
      } else {
        toAskFor.add(new Attempt(flight));
      }
    }
    if (!toAskFor.isEmpty()) {
      size = Math.max(size, toAskFor.size());
      start(owner, toAskFor, slice -> askOwner(caller, slice));
    }
    if (!toLoadHere.isEmpty()) {
      loads.hastenHere(context, toLoadHere, maxLoadsHere);
    }
  }

  private void askOwner(Caller caller, List<Attempt> attempts) {
    List<Attempt> begun = new ArrayList<>(attempts);
    begun.removeIf(attempt -> !attempt.flight.begin(caller));
    land(
        begun,
        () -> {
          List<Attempt> missing = new ArrayList<>(begun);
          missing.removeIf(attempt -> loads.landFromCache(attempt.flight));
          loads.begun(missing.size());
          ask(owner, missing);
        });
  }

  private void askInOtherThreads(ProtoGetter peer, List<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    attempts.forEach(attempt -> attempt.flight.handOver());
    Consumer<List<Attempt>> goOn =
        slice -> {
          slice.forEach(attempt -> attempt.flight.takeOver());
          land(slice, () -> ask(peer, slice));
        };
    try {
      start(peer, attempts, goOn);
    } catch (Throwable refusal) { // an Error too: no thread could be made, say
      goOn.accept(attempts); // in this one, then
    }
  }

  /**
   * Asks for all of them at once, or, of a peer that doesn't take many, for some in each thread.
   */
  private void start(ProtoGetter peer, List<Attempt> attempts, Consumer<List<Attempt>> askForSome) {
    int count = peer.takesMany() ? 1 : Math.min(attempts.size(), Group.MAX_LOADS);
    Queue<List<Attempt>> slices = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < count; i++) {
      int from = attempts.size() * i / count;
      int to = attempts.size() * (i + 1) / count;
      slices.add(attempts.subList(from, to));
    }
    loads.start(
        count,
        () -> {
          for (var slice = slices.poll(); slice != null; slice = slices.poll()) {
            askForSome.accept(slice);
          }
        });
  }

  private void land(List<Attempt> attempts, Runnable work) {
    try {
      work.run();
    } catch (Throwable failure) { // an Error too must not leave callers waiting
      attempts.forEach(attempt -> attempt.flight.fail(failure));
    }
  }

  /** Asks for keys, and goes on with those that the peer has not answered. */
  private void ask(ProtoGetter peer, List<Attempt> attempts) {
    Map<String, Attempt> open = new LinkedHashMap<>();
    attempts.forEach(attempt -> open.put(attempt.key(), attempt));
    boolean together = peer.takesMany();
    Answers answers = new Answers(open, !together);
    if (!open.isEmpty()) {
      try {
        peer.getAll(half, loads.group(), List.copyOf(open.keySet()), answers);
        answers.arrivals.tell();
        if (together && !peer.takesMany()) { // as it has turned out
          askInOtherThreads(peer, answers.takeRest());
        }
        answers.failRest(new PeerException("The peer left keys without an answer", null));
      } catch (Throwable failure) { // an Error too: a local load would spare the callers that
        answers.arrivals.tell();
        answers.failRest(failure);
      }
    }
    goOn(answers.failed);
  }

  private void goOn(List<Attempt> failed) {
    Map<ProtoGetter, List<Attempt>> next = new LinkedHashMap<>();
    List<Attempt> here = new ArrayList<>();
    for (Attempt attempt : failed) {
      try {
        ProtoGetter standIn = attempt.nextStandIn();
        (standIn == null ? here : next.computeIfAbsent(standIn, peer -> new ArrayList<>()))
            .add(attempt);
      } catch (Throwable failure) { // of the picker
        attempt.flight.fail(failure);
      }
    }
    next.forEach(this::askInOtherThreads);
    if (!here.isEmpty()) {
      loadHere(here);
    }
  }

  /** Of {@link #maxLoadsHere}, as much as so many of all the keys are entitled to. */
  private int maxLoadsHere(int keys) {
    return (int) Math.max(1, (long) maxLoadsHere * keys / size);
  }

  private void loadHere(List<Attempt> attempts) {
    Map<String, Attempt> byKey = new LinkedHashMap<>();
    for (Attempt attempt : attempts) {
      if (context.remainingNanos() > 0) {
        byKey.put(attempt.key(), attempt);
      } else {
        attempt.fail(loads.noTimeLeft(attempt.key()));
      }
    }
    Landings<String, GetResult> landings = Landings.ofPilot(context.caller());
    loads.boardHere(context, byKey.keySet(), maxLoadsHere(attempts.size()), landings);
    if (loads.areHereInTurn()) {
      byKey.values().forEach(attempt -> attempt.flight.queue());
    }

    loads.await(
        landings,
        new ResultHandler<>() {
          @Override
          public void onValue(String key, GetResult result) {
            attempt(key).flight.succeed(result);
          }

          @Override
          public void onFailure(String key, RuntimeException failure) {
            attempt(key).fail(failure);
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

    private final Arrivals arrivals = new Arrivals();

    /** Whether what comes next may take a while, so that nobody is left waiting meanwhile. */
    private boolean slow;

    Answers(Map<String, Attempt> open, boolean slow) {
      this.open = open;
      this.slow = slow;
    }

    @Override
    public void onValue(String key, GetResponse response) {
      Attempt attempt = open.remove(key);
      if (attempt != null) {
        try {
          arrivals.add(attempt.flight, loads.received(key, response));
          if (slow || arrivals.size() == ARRIVING_TOGETHER) {
            arrivals.tell();
          }
        } catch (Throwable failure) { // of the promotion policy, or for want of a response
          failed(attempt, failure);
        }
      }
    }

    @Override
    public void onFailure(String key, RuntimeException failure) {
      Objects.requireNonNull(failure, "failure");
      Attempt attempt = open.remove(key);
      if (attempt != null && PeerLoads.isLastWord(failure)) {
        attempt.flight.fail(failure);
      } else if (attempt != null) {
        failed(attempt, failure);
      }
    }

    @Override
    public void onWait() {
      slow = true;
      arrivals.tell();
    }

    /** Those that are not answered, which are somebody else's from now on. */
    List<Attempt> takeRest() {
      List<Attempt> rest = List.copyOf(open.values());
      open.clear();
      return rest;
    }

    /** What is thrown is nobody's last word: it says of no key what its getter did. */
    void failRest(Throwable failure) {
      open.values().forEach(attempt -> failed(attempt, failure));
      open.clear();
    }

    private void failed(Attempt attempt, Throwable failure) {
      loads.countFailure(failure);
      attempt.failures.add(failure);
      failed.add(attempt);
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

    /** Lands with the failure of the last resort, and with those of the peers before it. */
    void fail(RuntimeException failure) {
      failures.forEach(failure::addSuppressed);
      flight.fail(failure);
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
