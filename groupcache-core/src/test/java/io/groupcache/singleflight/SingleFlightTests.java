package io.groupcache.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.groupcache.Background;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class SingleFlightTests {

  private final SingleFlight<String, String> flights = new SingleFlight<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();

  static List<Throwable> failures() {
    return List.of(new IOException("e"), new IllegalStateException("r"), new AssertionError("t"));
  }

  @Test
  void theResultIsThatOfTheWork() throws Exception {
    assertThat(flights.run("k", Caller.patient(), () -> "bar")).isEqualTo("bar");
  }

  private static Caller inAMillisecond() {
    return Caller.within(1_000_000);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsThatOfTheWorkAndLeavesTheKeyUsable(Throwable failure) throws Exception {
    assertThat(catchThrowable(() -> flights.run("k", Caller.patient(), () -> fail(failure))))
        .isSameAs(failure);

    assertThat(flights.run("k", Caller.patient(), () -> "bar")).isEqualTo("bar");
  }

  @Test
  void tenCallersAtOnceCauseOneCall() throws Exception {
    List<Background<String>> callers =
        Background.run(
            10,
            () ->
                flights.run(
                    "k",
                    Caller.patient(),
                    () -> {
                      calls.incrementAndGet();
                      gate.await();
                      return "bar";
                    }));
    for (Background<String> caller : callers) {
      caller.awaitWaiting();
    }
    gate.countDown();

    String first = callers.get(0).get();
    for (Background<String> caller : callers) {
      assertThat(caller.get()).isSameAs(first);
    }
    assertThat(calls).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theWaitersOfWorkThatFailsFailWithIt(Throwable failure) throws Exception {
    List<Background<Throwable>> callers =
        Background.run(
            10,
            () ->
                catchThrowable(() ->
                    flights.run(
                        "k",
                        Caller.patient(),
                        () -> {
                          calls.incrementAndGet();
                          gate.await();
                          return fail(failure);
                        })));
    for (Background<Throwable> caller : callers) {
      caller.awaitWaiting();
    }
    gate.countDown();

    List<Throwable> caught = new ArrayList<>();
    for (Background<Throwable> caller : callers) {
      caught.add(caller.get());
    }
    assertThat(caught).hasSize(10).allSatisfy(one -> assertThat(one).isSameAs(failure));
    assertThat(calls).hasValue(1);
    assertThat(flights.run("k", Caller.patient(), () -> "bar")).isEqualTo("bar");
  }

  @Test
  void oneAfterTheOtherEachIsCalled() throws Exception {
    flights.run("k", Caller.patient(), () -> "v" + calls.incrementAndGet());

    assertThat(flights.run("k", Caller.patient(), () -> "v" + calls.incrementAndGet()))
        .isEqualTo("v2");
  }

  @Test
  void differentKeysDoNotWaitForEachOther() throws Exception {
    Background<String> slow =
        Background.run(() ->
                flights.run(
                    "slow",
                    Caller.patient(),
                    () -> {
                      gate.await();
                      return "slow";
                    }))
            .awaitWaiting();

    assertThat(flights.run("quick", Caller.patient(), () -> "quick")).isEqualTo("quick");

    gate.countDown();
    assertThat(slow.get()).isEqualTo("slow");
  }

  @Test
  @SuppressWarnings("NullAway")
  void workThatGivesNothingFails() throws Exception {
    assertThatThrownBy(() -> flights.run("k", Caller.patient(), () -> null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("no result");
    assertThat(flights.run("k", Caller.patient(), () -> "bar")).isEqualTo("bar");
  }

  @Test
  void workThatWantsItsOwnResultIsRefused() throws Exception {
    assertThatThrownBy(() ->
            flights.run(
                "k", Caller.patient(), () -> flights.run("k", Caller.patient(), () -> "inner")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("would wait for itself");
    assertThat(flights.run("k", Caller.patient(), () -> "bar")).isEqualTo("bar");
  }

  @Test
  void aCallerWhoseWorkRunsElsewhereLeavesInTimeAndTheOthersStay() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Callable<String> work =
          () -> {
            calls.incrementAndGet();
            gate.await();
            return "bar";
          };
      assertThatThrownBy(() -> flights.run("k", inAMillisecond(), executor, work))
          .isInstanceOf(TimeoutException.class);
      Background<String> waiter =
          Background.run(() -> flights.run("k", Caller.patient(), executor, work)).awaitWaiting();

      gate.countDown();

      assertThat(waiter.get()).isEqualTo("bar");
      assertThat(calls).hasValue(1);
    } finally {
      executor.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void anExecutorThatFailsLeavesTheKeyUsable(Throwable failure) throws Exception {
    Executor refusing =
        work -> {
          throw sneaky(failure);
        };

    assertThat(catchThrowable(() -> flights.run("k", Caller.patient(), refusing, () -> "bar")))
        .isSameAs(failure);
    assertThat(flights.run("k", Caller.patient(), () -> "bar")).isEqualTo("bar");
  }

  @Test
  void aWaiterTakesOverWhereTheExecutorRefusedTheFirst() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Executor refusing =
        work -> {
          asked.countDown();
          try {
            gate.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          throw new RejectedExecutionException("full");
        };
    Background<Throwable> first =
        Background.run(() ->
            catchThrowable(() -> flights.run("k", Caller.patient(), refusing, () -> "never")));
    asked.await();
    Background<String> second =
        Background.run(() -> flights.run("k", Caller.patient(), () -> "bar")).awaitWaiting();

    gate.countDown();

    assertThat(first.get()).isInstanceOf(RejectedExecutionException.class);
    assertThat(second.get()).isEqualTo("bar");
  }

  @Test
  void whoComesWhenPatienceIsAtAnEndStartsAnother() throws Exception {
    SingleFlight<String, String> impatient = new SingleFlight<>(null, 0);
    CountDownLatch entered = new CountDownLatch(1);
    Background<String> first =
        Background.run(() ->
            impatient.run(
                "k",
                Caller.within(1),
                () -> {
                  entered.countDown();
                  gate.await();
                  return "first";
                }));
    entered.await();

    assertThat(impatient.run("k", Caller.patient(), () -> "second")).isEqualTo("second");

    gate.countDown();
    assertThat(first.get()).isEqualTo("first");
    assertThat(impatient.run("k", Caller.patient(), () -> "third")).isEqualTo("third");
  }

  @Test
  void allWhoComeWhenPatienceIsAtAnEndShareTheNext() throws Exception {
    for (int round = 0; round < 200; round++) {
      SingleFlight<String, String> impatient = new SingleFlight<>(null, 0);
      CountDownLatch entered = new CountDownLatch(1);
      CountDownLatch never = new CountDownLatch(1);
      Background<String> stuck =
          Background.run(() ->
              impatient.run(
                  "k",
                  Caller.within(1),
                  () -> {
                    entered.countDown();
                    never.await();
                    return "stuck";
                  }));
      entered.await();
      CyclicBarrier together = new CyclicBarrier(4);
      List<Background<String>> callers =
          Background.run(
              4,
              () -> {
                together.await();
                return impatient.run("k", Caller.patient(), () -> "next");
              });

      for (Background<String> caller : callers) {
        assertThat(caller.get()).isEqualTo("next");
      }
      never.countDown();
      assertThat(stuck.get()).isEqualTo("stuck");
    }
  }

  @Test
  void aFlightWhoseCallerHasMoreTimeThanPatienceIsJoined() throws Exception {
    SingleFlight<String, String> impatient = new SingleFlight<>(null, 0);
    CountDownLatch entered = new CountDownLatch(1);
    Background<String> first =
        Background.run(() ->
            impatient.run(
                "k",
                Caller.patient(),
                () -> {
                  entered.countDown();
                  gate.await();
                  return "first";
                }));
    entered.await();
    Background<String> second =
        Background.run(() -> impatient.run("k", Caller.patient(), () -> "second")).awaitWaiting();

    gate.countDown();

    assertThat(first.get()).isEqualTo("first");
    assertThat(second.get()).isEqualTo("first");
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
    throw (T) failure;
  }

  private static String fail(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }
}
