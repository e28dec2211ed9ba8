package io.groupcache.singleflight;

import io.groupcache.Proof;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Callers against changes: who calls once a change is done gets a result of work that began after
 * the change was called for; and the key is free in the end.
 */
@Timeout(1200)
class ForgottenFlightProofTests {

  private final Proof proof = new Proof(Source.class).after("isNotOld").after("isFree");

  @Test
  void nobodyJoinsWhatBeganBeforeAChange() {
    proof
        .thread(proof.call("isNotOld"))
        .thread(proof.call("change"), proof.call("isNotOld"))
        .check();
  }

  @Test
  void norWhatBeganBeforeAChangeOfAllKeys() {
    proof
        .thread(proof.call("isNotOld"))
        .thread(proof.call("changeAll"), proof.call("isNotOld"))
        .check();
  }

  @Test
  void norDoesWhoeverHasSeenTheChangeOfAnother() {
    proof
        .thread(proof.call("isNotOld"))
        .thread(proof.call("change"))
        .thread(proof.call("isNotOld"))
        .check();
  }

  /** A source whose value changes. */
  public static class Source {

    private final SingleFlight<String, Long> flights = new SingleFlight<>();
    private final AtomicLong source = new AtomicLong();
    private final AtomicLong changed = new AtomicLong();

    public void change() {
      long now = source.incrementAndGet();
      flights.forget("k");
      changed.accumulateAndGet(now, Math::max);
    }

    public void changeAll() {
      long now = source.incrementAndGet();
      flights.forgetAll();
      changed.accumulateAndGet(now, Math::max);
    }

    public boolean isNotOld() throws Exception {
      long done = changed.get();
      return flights.run("k", Caller.patient(), source::get) >= done;
    }

    public boolean isFree() {
      return !flights.isUnderWay("k");
    }
  }
}
