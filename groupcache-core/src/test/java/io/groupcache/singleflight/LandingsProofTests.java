package io.groupcache.singleflight;

import io.groupcache.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Callers of many keys and of one: one run of a key at a time, each caller is told of each of its
 * keys once, none is left waiting, and all keys are free afterwards. That a caller waits for ever
 * is found by the search itself.
 */
@Timeout(1200)
class LandingsProofTests {

  private static final int ORDERS = Proof.bound(25, 1_000);

  @Test
  void callersOfManyKeysAndOfOneShareRuns() {
    Proof proof = new Proof(Callers.class);
    proof
        .thread(proof.call("many"))
        .thread(proof.call("one"), proof.call("one"))
        .after("runsItself")
        .check(ORDERS);
  }

  @Test
  void callersOfManyKeysInAnotherOrderShareRuns() {
    Proof proof = new Proof(Callers.class);
    proof
        .thread(proof.call("many"))
        .thread(proof.call("manyBackwards"))
        .after("runsItself")
        .check(ORDERS);
  }

  @Test
  void whatIsQueuedIsFlownByTheFirstThatComes() {
    Proof proof = new Proof(Callers.class);
    proof
        .thread(proof.call("manyQueued"))
        .thread(proof.call("one"))
        .thread(proof.call("manyQueued"))
        .after("runsItself")
        .check(ORDERS);
  }

  @Test
  void whoWaitedTakesOverWhatACallerOfManyKeysHasAbandoned() {
    Proof proof = new Proof(Callers.class);
    proof
        .thread(proof.call("manyGivenUp"))
        .thread(proof.call("many"))
        .thread(proof.call("one"))
        .after("runsItself")
        .check(ORDERS);
  }

  @Test
  void whoWaitedTakesOverWhatWasAbandonedOutOfTheQueue() {
    Proof proof = new Proof(Callers.class);
    proof
        .thread(proof.call("manyQueued"))
        .thread(proof.call("oneGivenUp"))
        .after("runsItself")
        .check(ORDERS);
  }

  @Test
  void aCrewThatRefusesOneCallerRefusesNoOther() {
    Proof proof = new Proof(Callers.class);
    proof
        .thread(proof.call("manyRefused"))
        .thread(proof.call("many"))
        .thread(proof.call("one"))
        .after("runsItself")
        .check(ORDERS);
  }

  /** Callers that hold the single flight to its promises; each says in the end that it was kept. */
  public static class Callers {

    private static final List<String> KEYS = List.of("a", "b");

    private final SingleFlight<String, String> flights = new SingleFlight<>();
    private final ConcurrentHashMap<String, AtomicInteger> running = new ConcurrentHashMap<>();
    private final AtomicInteger runs = new AtomicInteger();

    /** Makes a subject in which nothing runs. */
    public Callers() {
      KEYS.forEach(key -> running.put(key, new AtomicInteger()));
    }

    public String one() throws Exception {
      return kept("b", flights.run("b", Caller.patient(), () -> work("b")));
    }

    /** Does work that is interrupted, which is this caller's own trouble. */
    public String oneGivenUp() throws Exception {
      try {
        return kept("b", flights.run("b", Caller.patient(), () -> giveUp("b")));
      } catch (InterruptedException e) {
        return "kept";
      }
    }

    public String many() {
      return board(KEYS, false, (caller, mine) -> mine.forEach(one -> fly(caller, one)));
    }

    public String manyBackwards() {
      return board(
          List.of("b", "a"), false, (caller, mine) -> mine.forEach(one -> fly(caller, one)));
    }

    public String manyQueued() {
      return board(
          KEYS,
          false,
          (caller, mine) -> {
            mine.forEach(Flight::queue);
            mine.forEach(one -> fly(caller, one));
          });
    }

    public String manyGivenUp() {
      return board(
          KEYS,
          true,
          (caller, mine) -> mine.forEach(one -> one.fly(caller, () -> giveUp(one.key()))));
    }

    public String manyRefused() {
      return board(
          KEYS,
          true,
          (caller, mine) -> {
            throw new Refusal();
          });
    }

    /** Is alone, so it has to do the work itself. */
    public String runsItself() {
      int before = runs.get();
      many();
      expect(runs.get() == before + KEYS.size(), "somebody else is still on the way");
      return "kept";
    }

    private void fly(Caller caller, Flight<String, String> flight) {
      flight.fly(caller, () -> work(flight.key()));
    }

    private String board(List<String> keys, boolean mayFail, Crew<String, String> crew) {
      Landings<String, String> landings = new Landings<>(Caller.patient());
      flights.board(keys, landings, crew);
      List<String> told = new ArrayList<>();
      landings.await(
          new Landings.Listener<>() {
            @Override
            public void succeeded(String key, String result) {
              kept(key, result);
              told.add(key);
            }

            @Override
            public void failed(String key, Throwable failure) {
              expect(
                  mayFail
                      && (failure instanceof InterruptedException || failure instanceof Refusal),
                  "the failure of another");
              told.add(key);
            }
          });
      expect(told.size() == keys.size() && told.containsAll(keys), "not told of each key once");
      return "kept";
    }

    private String work(String key) {
      begin(key);
      end(key);
      return key;
    }

    private String giveUp(String key) throws InterruptedException {
      begin(key);
      end(key);
      throw new InterruptedException();
    }

    private void begin(String key) {
      expect(running(key).incrementAndGet() == 1, "two runs at a time");
      runs.incrementAndGet();
    }

    private void end(String key) {
      running(key).decrementAndGet();
    }

    private AtomicInteger running(String key) {
      return running.getOrDefault(key, new AtomicInteger());
    }

    private static String kept(String key, String result) {
      expect(key.equals(result), "another key's result");
      return "kept";
    }

    private static void expect(boolean holds, String otherwise) {
      if (!holds) {
        throw new AssertionError(otherwise);
      }
    }
  }

  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal() {
      super(null, null, false, false);
    }
  }
}
