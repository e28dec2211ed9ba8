package io.groupcache.singleflight;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two callers of one key raced against each other: what each gets, and how many runs there were.
 * What is not listed is forbidden. That failures and abandoned runs go to whom they should depends
 * on the order of steps only, and is tried in {@link SingleFlightProofTests}.
 */
public class SingleFlightStress {

  private SingleFlightStress() {}

  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "one run for both")
  @Outcome(id = "1, 2, 2", expect = ACCEPTABLE, desc = "the first had landed")
  @Outcome(id = "2, 1, 2", expect = ACCEPTABLE, desc = "the second had landed")
  @State
  public static class InTheCallersThread extends Callers {

    public InTheCallersThread() {
      super(Runnable::run);
    }

    @Actor
    public void one(III_Result results) {
      results.r1 = call();
    }

    @Actor
    public void other(III_Result results) {
      results.r2 = call();
    }

    @Arbiter
    public void end(III_Result results) {
      results.r3 = runs();
    }
  }

  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "one run for both")
  @Outcome(id = "1, 2, 2", expect = ACCEPTABLE, desc = "the first had landed")
  @Outcome(id = "2, 1, 2", expect = ACCEPTABLE, desc = "the second had landed")
  @State
  public static class OnAnExecutor extends Callers {

    public OnAnExecutor() {
      super(ForkJoinPool.commonPool());
    }

    @Actor
    public void one(III_Result results) {
      results.r1 = call();
    }

    @Actor
    public void other(III_Result results) {
      results.r2 = call();
    }

    @Arbiter
    public void end(III_Result results) {
      results.r3 = runs();
    }
  }

  /** A caller gets the number of the run. */
  static class Callers {

    /** So many turns that callers meet in a run, and two runs at a time see each other. */
    private static final int TURNS = 50;

    private final SingleFlight<String, Result> flight = new SingleFlight<>();
    private final Executor executor;
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean overlapped;

    Callers(Executor executor) {
      this.executor = executor;
    }

    int call() {
      try {
        return flight.run("key", Caller.patient(), executor, this::work).run;
      } catch (Exception e) {
        throw new IllegalStateException("The work does not fail", e);
      }
    }

    /** How many runs there were; below zero when two were under way at a time. */
    int runs() {
      return overlapped ? -1 : runs.get();
    }

    private Result work() {
      if (running.incrementAndGet() != 1) {
        overlapped = true;
      }
      for (int i = 0; i < TURNS; i++) {
        Thread.onSpinWait();
      }
      running.decrementAndGet();
      return new Result(runs.incrementAndGet());
    }
  }

  /** Its field is plain: it is for the single flight to publish it. */
  static final class Result {
    int run;

    Result(int run) {
      this.run = run;
    }
  }
}
