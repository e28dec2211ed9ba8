package io.groupcache.singleflight;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A caller against a change: who calls after the change gets nothing from before it. */
@JCStressTest
@Outcome(
    id = {"0, 1", "1, 1"},
    expect = ACCEPTABLE,
    desc = "new after the change")
@Outcome(
    id = {"0, 0", "1, 0"},
    expect = FORBIDDEN,
    desc = "old after the change")
@State
public class ForgottenFlightStress {

  private static final int TURNS = 50;

  private final SingleFlight<String, Integer> flights = new SingleFlight<>();
  private volatile int source;

  @Actor
  public void caller(II_Result results) {
    results.r1 = call();
  }

  @Actor
  public void changer(II_Result results) {
    source = 1;
    flights.forget("k");
    results.r2 = call();
  }

  private int call() {
    try {
      return flights.run("k", Caller.patient(), this::work);
    } catch (Exception e) {
      throw new IllegalStateException("The work does not fail", e);
    }
  }

  private int work() {
    int read = source;
    for (int i = 0; i < TURNS; i++) {
      Thread.onSpinWait();
    }
    return read;
  }
}
