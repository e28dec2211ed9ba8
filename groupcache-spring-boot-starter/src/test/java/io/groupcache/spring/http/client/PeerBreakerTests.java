package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.groupcache.GetContext;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.PeerDownException;
import io.groupcache.PeerException;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.PeerState;
import io.groupcache.spring.http.wire.KeyAnswer;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.PeerFailure.Health;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
class PeerBreakerTests {

  private static final String PEER = "http://10.0.0.9:8080";

  private final PeerFailure unreachable =
      new PeerFailure("connection refused", null, true, Health.ILL);
  private final AtomicInteger requests = new AtomicInteger();
  private volatile @Nullable RuntimeException failure;
  private final PeerBreaker breaker = new PeerBreaker(PEER, questions(this::answer));

  private final AtomicLong nanoTime = new AtomicLong();

  /** One that finds out whether the peer is back when a test says that an hour has passed. */
  private final PeerBreaker patient =
      new PeerBreaker(
          PEER, questions(this::answer), Duration.ofHours(1), Duration.ofHours(1), nanoTime::get);

  @Test
  void oneFailureTellsNothing() {
    failure = unreachable;
    assertThat(get()).isSameAs(unreachable);
    failure = null;

    for (int i = 0; i < 10; i++) {
      assertThat(get()).isNull();
    }
    assertThat(breaker.state()).isEqualTo(PeerState.UP);
  }

  @Test
  void aPeerThatFailsAgainIsLeftAlone() {
    goDown(patient);
    int before = requests.get();

    for (int i = 0; i < 10; i++) {
      assertThat(get(patient)).isInstanceOf(PeerDownException.class);
    }
    assertThat(requests).hasValue(before);
    assertThat(patient.state()).isEqualTo(PeerState.DOWN);
  }

  @Test
  void aPauseIsNotMeasuredByTheSystemsClock() {
    goDown(patient);
    failure = null;
    nanoTime.set(Duration.ofMinutes(59).toNanos());
    assertThat(get(patient)).isInstanceOf(PeerDownException.class);

    nanoTime.set(Duration.ofMinutes(61).toNanos());

    assertThat(get(patient)).isNull();
    assertThat(patient.state()).isEqualTo(PeerState.UP);
  }

  @Test
  void oneRequestFindsOutThatItIsBack() throws Exception {
    goDown();
    failure = null;
    CountDownLatch probing = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    PeerBreaker slow =
        new PeerBreaker(
            PEER,
            questions(key -> {
              if (requests.get() < 100) {
                return answer(key);
              }
              probing.countDown();
              awaitGate(gate);
              return answer(key);
            }));
    failure = unreachable;
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> slow.get(GetContext.background(), "g", "k")).isSameAs(unreachable);
    }
    assertThat(slow.state()).isEqualTo(PeerState.DOWN);
    failure = null;
    requests.set(100);

    Thread probe =
        new Thread(() ->
            await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> slow.get(GetContext.background(), "g", "k") != null));
    probe.start();
    assertThat(probing.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(slow.state()).isEqualTo(PeerState.PROBED);
    assertThatThrownBy(() -> slow.get(GetContext.background(), "g", "k"))
        .isInstanceOf(PeerDownException.class);
    gate.countDown();
    probe.join();

    assertThat(slow.state()).isEqualTo(PeerState.UP);
    assertThat(slow.get(GetContext.background(), "g", "k")).isNotNull();
  }

  @Test
  void aProbeThatIsNotGivenTheTimeSaysNothing() {
    goDown();
    PeerFailure cutShort = new PeerFailure("no time", null, true, Health.UNKNOWN);
    failure = cutShort;

    await().atMost(Duration.ofSeconds(30)).until(() -> get() == cutShort);

    assertThat(breaker.state()).isEqualTo(PeerState.PROBED);
    failure = null;
    await().atMost(Duration.ofSeconds(30)).until(() -> get() == null);
    assertThat(breaker.state()).isEqualTo(PeerState.UP);
  }

  @Test
  void whatWasAskedBeforeItWentDownSaysNothingAboutTheProbe() throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    CountDownLatch lateGate = new CountDownLatch(1);
    CountDownLatch probeGate = new CountDownLatch(1);
    PeerBreaker slow =
        new PeerBreaker(
            PEER,
            questions(key -> {
              if (key.equals("late")) {
                asked.countDown();
                awaitGate(lateGate);
              } else if (key.equals("probe")) {
                asked.countDown();
                awaitGate(probeGate);
                return new KeyAnswer.Value(GetResponse.getDefaultInstance());
              }
              throw unreachable;
            }));
    CompletableFuture<Throwable> late =
        Threads.supply(() -> catchThrowable(() -> get(slow, "late")));
    await().until(() -> asked.getCount() == 1);
    assertThatThrownBy(() -> get(slow, "a")).isSameAs(unreachable);
    assertThatThrownBy(() -> get(slow, "b")).isSameAs(unreachable);
    CompletableFuture<KeyAnswer> probe =
        Threads.supply(() ->
            await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> get(slow, "probe"), response -> response != null));
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

    lateGate.countDown();

    assertThat(late.get(30, TimeUnit.SECONDS)).isSameAs(unreachable);
    assertThat(slow.state()).isEqualTo(PeerState.PROBED);
    probeGate.countDown();
    assertThat(probe.get(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(slow.state()).isEqualTo(PeerState.UP);
  }

  @Test
  void goingAndComingBackIsALineEachInTheLog() {
    Logger logger = (Logger) LoggerFactory.getLogger(PeerBreaker.class);
    logger.setLevel(Level.INFO);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      goDown();
      for (int i = 0; i < 20; i++) {
        get();
      }
      assertThat(lines.list)
          .singleElement()
          .satisfies(line -> assertThat(line.getLevel()).isEqualTo(Level.WARN))
          .asString()
          .contains(PEER + " is down", "connection refused");

      failure = null;
      await().atMost(Duration.ofSeconds(30)).until(() -> get() == null);
      assertThat(lines.list).hasSize(2);
      assertThat(lines.list.get(1)).asString().contains(PEER + " is back");
    } finally {
      logger.detachAppender(lines);
    }
  }

  @ParameterizedTest
  @MethodSource("signsOfLife")
  void aPeerThatAnswersWhatThereIsToSayIsUp(RuntimeException answer) {
    failure = answer;

    for (int i = 0; i < 20; i++) {
      assertThat(get()).isSameAs(answer);
    }
    assertThat(breaker.state()).isEqualTo(PeerState.UP);
  }

  static Stream<RuntimeException> signsOfLife() {
    return Stream.of(
        new KeyNotFoundException("k"),
        new LoadException("disk", null),
        new PeerFailure("bad request", null, false, Health.WELL),
        new PeerFailure("overloaded", null, true, Health.UNKNOWN));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whateverElseFailsCountsAgainstIt(RuntimeException thrown) {
    failure = thrown;

    get(patient);
    get(patient);
    assertThat(get(patient)).isInstanceOf(PeerDownException.class);
  }

  static Stream<RuntimeException> failures() {
    return Stream.of(
        new PeerFailure("connection refused", null, true, Health.ILL),
        new PeerException("of an interceptor", null),
        new IllegalStateException("the client is closed"));
  }

  private void goDown() {
    goDown(breaker);
  }

  private void goDown(PeerBreaker one) {
    failure = unreachable;
    get(one);
    get(one);
  }

  private @Nullable Throwable get() {
    return get(breaker);
  }

  private static @Nullable Throwable get(PeerBreaker one) {
    return catchThrowable(() -> one.get(GetContext.background(), "g", "k"));
  }

  private static PeerQuestions questions(Function<String, KeyAnswer> ofOne) {
    return new PeerQuestions() {
      @Override
      public KeyAnswer get(GetContext context, String group, String key) {
        return ofOne.apply(key);
      }

      @Override
      public @Nullable KeyAnswer @Nullable [] getAll(
          GetContext context, String group, List<String> keys, List<List<String>> ancestors) {
        return null;
      }

      @Override
      public boolean takesMany() {
        return false;
      }
    };
  }

  private KeyAnswer answer(String key) {
    requests.incrementAndGet();
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
    return new KeyAnswer.Value(GetResponse.getDefaultInstance());
  }

  private static KeyAnswer get(PeerBreaker breaker, String key) {
    return breaker.get(GetContext.background(), "g", key);
  }

  private static void awaitGate(CountDownLatch gate) {
    try {
      assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
