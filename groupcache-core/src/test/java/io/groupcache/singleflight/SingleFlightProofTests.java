package io.groupcache.singleflight;

import io.groupcache.Proof;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Callers of one key: one run at a time, what a run gives goes to all who joined it, none of them
 * is left waiting, and the key is free afterwards. That a caller waits for ever is found by the
 * search itself.
 */
@Timeout(1200)
class SingleFlightProofTests {

  @Test
  void oneRunIsUnderWayAtATime() {
    Proof proof = new Proof(Overlap.class);
    proof.thread(proof.call("run")).thread(proof.call("run")).check(Proof.bound(1_000, 5_000));
  }

  @Test
  void callersShareARun() {
    Proof proof = proof(InTheCallersThread.class);
    proof
        .thread(proof.call("succeed"), proof.call("succeed"))
        .thread(proof.call("succeed"))
        .thread(proof.call("succeed"))
        .check();
  }

  @Test
  void callersShareAFailureAndTheNextRunsAgain() {
    Proof proof = proof(InTheCallersThread.class);
    proof
        .thread(proof.call("fail"), proof.call("succeed"))
        .thread(proof.call("fail"))
        .thread(proof.call("succeed"))
        .check();
  }

  @Test
  void oneOfThoseWhoWaitedTakesOverAnAbandonedRun() {
    Proof proof = proof(InTheCallersThread.class);
    proof
        .thread(proof.call("giveUp"))
        .thread(proof.call("succeed"))
        .thread(proof.call("succeed"))
        .check();
  }

  @Test
  void anAbandonedRunMayBeTakenOverByOneThatIsAbandonedToo() {
    Proof proof = proof(InTheCallersThread.class);
    proof
        .thread(proof.call("giveUp"))
        .thread(proof.call("giveUp"))
        .thread(proof.call("fail"))
        .check();
  }

  @Test
  void callersShareARunInAThreadOfItsOwn() {
    Proof proof = proof(InAThreadOfItsOwn.class);
    proof.thread(proof.call("succeed")).thread(proof.call("succeed")).check();
  }

  @Test
  void callersShareAFailureInAThreadOfItsOwn() {
    Proof proof = proof(InAThreadOfItsOwn.class);
    proof.thread(proof.call("fail")).thread(proof.call("succeed")).check();
  }

  @Test
  void anExecutorThatRefusesOneCallerRefusesNoOther() {
    Proof proof = proof(InTheCallersThread.class);
    proof
        .thread(proof.call("isRefused"))
        .thread(proof.call("succeed"))
        .thread(proof.call("fail"))
        .check();
  }

  private static Proof proof(Class<?> subject) {
    return new Proof(subject).after("runsItself");
  }

  /** As few steps as can be, as two runs at a time take more than one change of the thread. */
  public static class Overlap {

    private final SingleFlight<String, String> flight = new SingleFlight<>();
    private int running;

    public String run() throws Exception {
      return flight.run("key", Caller.patient(), this::work);
    }

    private String work() {
      if (running++ != 0) {
        throw new AssertionError("two runs at a time");
      }
      running--;
      return "done";
    }
  }

  public static class InTheCallersThread extends Callers {
    public InTheCallersThread() {
      super(Runnable::run);
    }
  }

  public static class InAThreadOfItsOwn extends Callers {
    public InAThreadOfItsOwn() {
      super(task -> new Thread(task).start());
    }
  }

  /** Callers that hold the single flight to its promises; each says in the end that it was kept. */
  public abstract static class Callers {

    private final SingleFlight<String, Result> flight = new SingleFlight<>();
    private final Executor executor;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();

    /** The number of the last run that somebody has had the result of. */
    private final AtomicInteger known = new AtomicInteger();

    private final ConcurrentHashMap<Integer, Object> outcomes = new ConcurrentHashMap<>();

    Callers(Executor executor) {
      this.executor = executor;
    }

    /** Does work that gives a result. */
    public String succeed() throws Exception {
      int[] mine = new int[1];
      return join(executor, mine, () -> new Result(mine[0]));
    }

    /** Does work that fails. */
    public String fail() throws Exception {
      int[] mine = new int[1];
      return join(
          executor,
          mine,
          () -> {
            throw new Failure(mine[0]);
          });
    }

    /** Does work that is interrupted, which is this caller's own trouble. */
    public String giveUp() throws Exception {
      int[] mine = new int[1];
      try {
        return join(
            executor,
            mine,
            () -> {
              throw new InterruptedException();
            });
      } catch (InterruptedException e) {
        expect(mine[0] != 0, "interrupted on another's behalf");
        return "kept";
      }
    }

    /** Does no work, because there is no thread for it; may share another's. */
    public String isRefused() throws Exception {
      try {
        flight.run(
            "key",
            Caller.patient(),
            task -> {
              throw new Refusal();
            },
            () -> new Result(0));
      } catch (Failure | Refusal e) {
        return "kept";
      }
      return "kept";
    }

    /** Is alone, so it has to do the work itself. */
    public String runsItself() throws Exception {
      int before = runs.get();
      int[] mine = new int[1];
      String kept = join(Runnable::run, mine, () -> new Result(mine[0]));
      expect(mine[0] == before + 1, "somebody else is still on the way");
      return kept;
    }

    @SuppressWarnings("ReferenceEquality") // the very same object is what is promised
    private String join(Executor executor, int[] mine, Work work) throws Exception {
      int knownBefore = known.get();
      Object outcome;
      int run;
      try {
        Result result =
            flight.run(
                "key",
                Caller.patient(),
                executor,
                () -> {
                  expect(running.incrementAndGet() == 1, "two runs at a time");
                  try {
                    mine[0] = runs.incrementAndGet();
                    return work.call();
                  } finally {
                    running.decrementAndGet();
                  }
                });
        outcome = result;
        run = result.run;
      } catch (Failure failure) {
        outcome = failure;
        run = failure.run;
      }
      expect(mine[0] == 0 || mine[0] == run, "not the result of this caller's own run");
      expect(run > knownBefore, "a result from before the call");
      Object others = outcomes.putIfAbsent(run, outcome);
      expect(others == null || others == outcome, "another result of the same run");
      known.accumulateAndGet(run, Math::max);
      return "kept";
    }

    private static void expect(boolean holds, String otherwise) {
      if (!holds) {
        throw new AssertionError(otherwise);
      }
    }
  }

  private interface Work {
    Result call() throws Exception;
  }

  private static final class Result {
    final int run;

    Result(int run) {
      this.run = run;
    }
  }

  private static final class Failure extends Exception {
    private static final long serialVersionUID = 1;
    final int run;

    Failure(int run) {
      super(null, null, false, false); // a stack trace takes long where all is instrumented
      this.run = run;
    }
  }

  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal() {
      super(null, null, false, false);
    }
  }
}
