package io.groupcache.singleflight;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two callers of one key, raced against each other; what is not listed is forbidden. */
public class SingleFlightStress {

  private SingleFlightStress() {}

  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "one run for both")
  @Outcome(id = "1, 2, 2", expect = ACCEPTABLE, desc = "the first had landed")
  @Outcome(id = "2, 1, 2", expect = ACCEPTABLE, desc = "the second had landed")
  @State
  public static class InTheCallersThread extends Callers {

    @Actor
    public void one(III_Result results) {
      results.r1 = call(Runnable::run, () -> new Result(begin()));
    }

    @Actor
    public void other(III_Result results) {
      results.r2 = call(Runnable::run, () -> new Result(begin()));
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

    @Actor
    public void one(III_Result results) {
      results.r1 = call(ForkJoinPool.commonPool(), () -> new Result(begin()));
    }

    @Actor
    public void other(III_Result results) {
      results.r2 = call(ForkJoinPool.commonPool(), () -> new Result(begin()));
    }

    @Arbiter
    public void end(III_Result results) {
      results.r3 = runs();
    }
  }

  @JCStressTest
  @Outcome(id = "-1, -1, 1", expect = ACCEPTABLE, desc = "one failure for both")
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "one result for both")
  @Outcome(id = "-1, 2, 2", expect = ACCEPTABLE, desc = "the failure had landed")
  @Outcome(id = "-2, 1, 2", expect = ACCEPTABLE, desc = "the result had landed")
  @State
  public static class OneFails extends Callers {

    @Actor
    public void one(III_Result results) {
      results.r1 =
          call(
              Runnable::run,
              () -> {
                throw new Failure(begin());
              });
    }

    @Actor
    public void other(III_Result results) {
      results.r2 = call(Runnable::run, () -> new Result(begin()));
    }

    @Arbiter
    public void end(III_Result results) {
      results.r3 = runs();
    }
  }

  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "one result for both")
  @Outcome(id = "-100, 2, 2", expect = ACCEPTABLE, desc = "abandoned, and done by the other")
  @Outcome(id = "-100, 1, 2", expect = ACCEPTABLE, desc = "abandoned after the other had landed")
  @State
  public static class OneGivesUp extends Callers {

    @Actor
    public void one(III_Result results) {
      results.r1 =
          call(
              Runnable::run,
              () -> {
                begin();
                throw new InterruptedException();
              });
    }

    @Actor
    public void other(III_Result results) {
      results.r2 = call(Runnable::run, () -> new Result(begin()));
    }

    @Arbiter
    public void end(III_Result results) {
      results.r3 = runs();
    }
  }

  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "one run for both")
  @Outcome(id = "1, 2, 2", expect = ACCEPTABLE, desc = "the second started another")
  @Outcome(id = "2, 1, 2", expect = ACCEPTABLE, desc = "the first started another")
  @State
  public static class Impatient extends Callers {

    /** Makes flights too old to join at once. */
    public Impatient() {
      super(0, false);
    }

    @Actor
    public void one(III_Result results) {
      results.r1 = call(Runnable::run, () -> new Result(begin()));
    }

    @Actor
    public void other(III_Result results) {
      results.r2 = call(Runnable::run, () -> new Result(begin()));
    }

    @Arbiter
    public void end(III_Result results) {
      results.r3 = runs();
    }
  }

  /** A caller gets the number of the run, below zero where it failed. */
  static class Callers {

    private final SingleFlight<String, Result> flight;
    private final boolean oneAtATime;
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean overlapped;

    Callers() {
      this(Long.MAX_VALUE, true);
    }

    Callers(long patienceNanos, boolean oneAtATime) {
      this.flight = new SingleFlight<>(patienceNanos);
      this.oneAtATime = oneAtATime;
    }

    /** The number of the run that begins. */
    int begin() {
      return runs.incrementAndGet();
    }

    /** How many runs there were; below zero when two were under way at a time. */
    int runs() {
      return overlapped && oneAtATime ? -1 : runs.get();
    }

    int call(Executor executor, Callable<Result> work) {
      try {
        return flight.run("key", Long.MAX_VALUE, executor, () -> watched(work)).run;
      } catch (Failure failure) {
        return -failure.run;
      } catch (InterruptedException e) {
        return -100;
      } catch (Exception e) {
        throw new IllegalStateException("None of these calls fails like that", e);
      }
    }

    private Result watched(Callable<Result> work) throws Exception {
      if (running.incrementAndGet() != 1) {
        overlapped = true;
      }
      try {
        return work.call();
      } finally {
        running.decrementAndGet();
      }
    }
  }

  /** Its field is plain: it is for the single flight to publish it. */
  static final class Result {
    int run;

    Result(int run) {
      this.run = run;
    }
  }

  private static final class Failure extends Exception {
    private static final long serialVersionUID = 1;
    int run;

    Failure(int run) {
      super(null, null, false, false);
      this.run = run;
    }
  }
}
