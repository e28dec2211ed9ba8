package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.GetContext;
import io.groupcache.LoadException;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.client.HeldWay.Request;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.PeerFailure.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose turn it is to send and to read, where gets gather for as long as it takes. */
@Timeout(60)
class GatheredReadsTests {

  private final HeldWay way = new HeldWay();
  private final CombinedReads reads = new CombinedReads(way, "g", Long.MAX_VALUE);
  private final List<Caller> callers = new ArrayList<>();
  private final List<Request> busy = new ArrayList<>();

  /** Requests for keys that nothing else is about. */
  @BeforeEach
  void keepRequestsUnderWay() throws Exception {
    for (int i = 0; i < CombinedReads.REQUESTS; i++) {
      callers.add(new Caller("busy " + i, null));
      busy.add(way.next());
    }
  }

  @AfterEach
  void nobodyIsLeft() throws Exception {
    busy.forEach(request -> request.answer(request.keys.get(0)));
    for (Caller caller : callers) {
      caller.thread.join(20_000);
      assertThat(caller.thread.isAlive()).isFalse();
    }
    // All turns are there again: as many as there may be go at once.
    List<Request> alone = new ArrayList<>();
    for (int i = 0; i < CombinedReads.REQUESTS; i++) {
      callers.add(new Caller("last " + i, null));
      alone.add(way.next());
    }
    for (Request request : alone) {
      assertThat(request.alone).isTrue();
      request.answer(request.keys.get(0));
    }
  }

  @Test
  void thoseWhoHaveGatheredGoTogetherWhenARequestHasEnded() throws Exception {
    Caller a = gather("a");
    Caller b = gather("b");
    Caller c = gather("c");

    Request request = send();

    assertThat(request.alone).isFalse();
    assertThat(request.keys).containsExactly("a", "b", "c");
    List.of("c", "a", "b").forEach(request::answer);
    request.end();
    assertAnswered(a, b, c);
    assertThat(request.isReadToItsEnd()).isTrue();
    assertThat(request.ends).containsExactly("null");
  }

  @Test
  void oneThatHasGatheredAloneIsAPlainGet() throws Exception {
    Caller a = gather("a");

    Request request = send();

    assertThat(request.alone).isTrue();
    request.answer("a");
    assertAnswered(a);
  }

  @Test
  void whatCarriesAttributesTravelsAlone() throws Exception {
    GetContext tenant = GetContext.background().withAttribute("tenant", "t");
    GetRequest mine = GetRequest.newBuilder().setGroup("g").setKey("mine").build();
    CompletableFuture<GetResponse> get = Threads.supply(() -> reads.get(tenant, mine));

    Request request = way.next();

    assertThat(request.alone).isTrue();
    assertThat(request.keys).containsExactly("mine");
    request.answer("mine");
    assertThat(get.get(20, TimeUnit.SECONDS)).isEqualTo(HeldWay.valueOf("mine"));
  }

  @Test
  void aKeyThatIsThereTwiceGoesInTwoRequests() throws Exception {
    Caller a = gather("a");
    Caller b = gather("b");
    Caller again = gather("a");

    Request request = send();
    assertThat(request.keys).containsExactly("a", "b");
    request.answer("a");
    request.answer("b");
    request.end();
    assertAnswered(a, b);
    Request next = way.next();
    assertThat(next.keys).containsExactly("a");
    next.answer("a");
    assertAnswered(again);
  }

  @Test
  void whoHasItsOwnLetsAnotherReadOn() throws Exception {
    Caller a = gather("a");
    Caller b = gather("b");
    Caller c = gather("c");
    Request request = send();

    request.sayThatTheRestTakesAWhile();
    request.answer("a");
    assertAnswered(a);
    request.answer("c");
    assertAnswered(c);
    request.answer("b");
    request.end();
    assertAnswered(b);
    assertThat(request.isReadToItsEnd()).isTrue();
    assertThat(request.ends).containsExactly("null");
  }

  @Test
  void whoSendsGivesOthersTheirValuesWhileItWaitsForItsOwn() throws Exception {
    Caller a = gather("a");
    Caller b = gather("b");
    Request request = send();

    request.sayThatTheRestTakesAWhile();
    request.answer("b");

    assertAnswered(b);
    assertThat(a.result).isNotDone();
    request.answer("a");
    request.end();
    assertAnswered(a);
  }

  @Test
  void aRequestThatTakesAWhileIsNotWaitedFor() throws Exception {
    Caller a = gather("a");
    Caller b = gather("b");
    Request request = send();
    Caller next = gather("next");

    request.sayThatTheRestTakesAWhile();

    Request other = way.next();
    other.answer("next");
    assertAnswered(next);
    request.answer("a");
    request.answer("b");
    request.end();
    assertAnswered(a, b);
  }

  @Test
  void eachKeyHasItsOwnOutcome() throws Exception {
    Caller a = gather("a");
    Caller b = gather("b");
    Caller c = gather("c");
    Request request = send();

    request.sayError("a", "load-failed");
    request.answer("b");
    request.sayError("c", "overloaded");
    request.end();

    assertThat(a.failure()).isInstanceOf(LoadException.class);
    assertAnswered(b);
    assertThat(c.failure()).isInstanceOf(PeerFailure.class);
  }

  @Test
  void whatBreaksOffIsTheFailureOfThoseWhoHaveNothingYet() throws Exception {
    Caller a = gather("a");
    Caller b = gather("b");
    Caller c = gather("c");
    Request request = send();

    request.answer("b");
    request.breakOff();

    assertAnswered(b);
    assertThat(a.failure()).isInstanceOf(PeerFailure.class).hasMessageContaining("broken off");
    assertThat(c.failure()).isInstanceOf(PeerFailure.class).hasMessageContaining("broken off");
    assertThat(request.ends).hasSize(1);
    assertThat(request.isClosed()).isTrue();
  }

  @Test
  void aFailureOfTheRequestIsThatOfAll() throws Exception {
    PeerFailure failure = new PeerFailure("refused", null, true, Health.ILL);
    Caller a = gather("a");
    Caller b = gather("b");

    send().fail(failure);

    assertThat(a.failure()).isSameAs(failure);
    assertThat(b.failure()).isSameAs(failure);
  }

  @Test
  void anErrorIsThatOfTheSenderAlone() throws Exception {
    Error error = new OutOfMemoryError("a test's");
    Caller a = gather("a");
    Caller b = gather("b");
    Caller c = gather("c");

    send().fail(error);

    assertThat(a.failure()).isSameAs(error);
    assertAnsweredAnew(b, c);
  }

  @Test
  void aPeerThatKnowsNoSuchRequestIsAskedKeyByKey() throws Exception {
    Caller a = gather("a");
    Caller b = gather("b");
    Caller c = gather("c");
    Request request = send();
    way.takesMany = false;

    request.refuse();

    for (int i = 0; i < 3; i++) {
      Request alone = way.next();
      assertThat(alone.alone).isTrue();
      alone.answer(alone.keys.get(0));
    }
    assertAnswered(a, b, c);
  }

  @Test
  void aSenderThatIsInterruptedLeavesTheOthersToThemselves() throws Exception {
    Caller a = gather("a");
    Caller b = gather("b");
    Caller c = gather("c");
    send();

    a.thread.interrupt();

    assertThat(a.failure()).isInstanceOf(PeerFailure.class);
    assertAnsweredAnew(b, c);
  }

  @Test
  void aReaderThatIsInterruptedLeavesTheOthersToThemselves() throws Exception {
    Caller a = gather("a");
    Caller b = gather("b");
    Caller c = gather("c");
    Request request = send();
    request.sayThatTheRestTakesAWhile();
    request.answer("a");
    assertAnswered(a);

    // The first of those who have the same time.
    await().atMost(Duration.ofSeconds(20)).until(() -> request.isWaitedForBy(b.thread));

    b.thread.interrupt();

    assertThat(b.failure()).isInstanceOf(PeerFailure.class);

    assertAnsweredAnew(c);
    assertThat(request.ends).hasSize(1);
    assertThat(request.isClosed()).isTrue();
  }

  @Test
  void whoIsInterruptedWhileItWaitsLeavesAtOnce() throws Exception {
    Caller a = gather("a");
    Caller b = gather("b");
    Caller c = gather("c");
    Caller gone = gather("gone");
    gone.thread.interrupt();
    assertThat(gone.failure()).isInstanceOf(PeerFailure.class);

    Request request = send();
    assertThat(request.keys).containsExactly("a", "b", "c");
    c.thread.interrupt();
    assertThat(c.failure()).isInstanceOf(PeerFailure.class);
    request.answer("a");
    request.answer("b");
    request.answer("c");
    request.end();
    assertAnswered(a, b);
  }

  @Test
  void theTurnOfOneThatHasLeftIsTheNextOnes() throws Exception {
    Caller gone = gather("gone");
    Caller a = gather("a");
    gone.thread.interrupt();
    assertThat(gone.failure()).isInstanceOf(PeerFailure.class);

    Request request = send();

    assertThat(request.keys).containsExactly("a");
    request.answer("a");
    assertAnswered(a);
  }

  @Test
  void anAnswerThatNobodyWaitsForIsGivenUp() throws Exception {
    Caller a = gather("a");
    Caller b = gather("b");
    Request request = send();
    request.sayThatTheRestTakesAWhile();
    b.thread.interrupt();
    assertThat(b.failure()).isInstanceOf(PeerFailure.class);

    request.answer("a");

    assertAnswered(a);
    await().atMost(Duration.ofSeconds(20)).until(request::isClosed);
    assertThat(request.ends).hasSize(1);
  }

  @Test
  void aSenderWithLittleTimeCostsTheOthersNothingButAnotherRequest() throws Exception {
    Caller a = gather("a", Duration.ofSeconds(3));
    Caller b = gather("b", Duration.ofMinutes(1));
    Caller c = gather("c");
    send();

    assertThat(a.failure()).isInstanceOf(PeerFailure.class);
    assertAnsweredAnew(b, c);
  }

  @Test
  void norDoesItWhenTheAnswerHasBegun() throws Exception {
    Caller a = gather("a", Duration.ofSeconds(3));
    Caller b = gather("b", Duration.ofMinutes(1));
    Caller c = gather("c");
    Request request = send();
    request.sayThatTheRestTakesAWhile();

    assertThat(a.failure()).isInstanceOf(PeerFailure.class);
    assertAnsweredAnew(b, c);
  }

  @Test
  void norWhenItHasItsOwn() throws Exception {
    Caller a = gather("a", Duration.ofSeconds(3));
    Caller b = gather("b", Duration.ofMinutes(1));
    Caller c = gather("c");
    Request request = send();
    request.sayThatTheRestTakesAWhile();
    request.answer("a");
    assertAnswered(a);

    assertAnsweredAnew(b, c);
  }

  /** The peer gives a key up when it has waited for as long as the sender's time allows. */
  @ParameterizedTest
  @ValueSource(strings = {"sender", "other"})
  void whatAPeerGivesUpForTheSendersTimeIsNotGivenUpForTheOthers(String slowest) throws Exception {
    Caller a = gather("sender", Duration.ofSeconds(5));
    Caller b = gather("other", Duration.ofMinutes(1));
    Request request = send();
    request.sayThatTheRestTakesAWhile();
    if (slowest.equals("other")) {
      request.answer("sender");
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> a.left().toMillis() < 750);

    request.sayError("other", "deadline-exceeded");
    if (slowest.equals("sender")) {
      request.sayError("sender", "deadline-exceeded");
    }
    request.end();

    if (slowest.equals("sender")) {
      assertThat(a.failure()).isInstanceOf(PeerFailure.class);
    } else {
      assertAnswered(a);
    }
    assertAnsweredAnew(b);
  }

  @Test
  void whatAPeerGivesUpInGoodTimeIsGivenUp() throws Exception {
    Caller a = gather("a", Duration.ofMinutes(1));
    Caller b = gather("b");
    Request request = send();

    request.sayError("b", "deadline-exceeded");
    request.answer("a");
    request.end();

    assertAnswered(a);
    assertThat(b.failure()).isInstanceOf(PeerFailure.class);
  }

  @Test
  void theOneWithTheMostTimeReadsOnSoThatTheOthersCanLeave() throws Exception {
    Caller a = gather("a", Duration.ofMinutes(1));
    Caller hasty = gather("hasty", Duration.ofSeconds(5));
    Caller patient = gather("patient", Duration.ofMinutes(1));
    Request request = send();
    request.sayThatTheRestTakesAWhile();
    request.answer("a");
    assertAnswered(a);

    assertThat(hasty.failure()).isInstanceOf(PeerFailure.class);

    request.answer("patient");
    request.answer("hasty");
    request.end();
    assertAnswered(patient);
  }

  @Test
  void aMarkerThatComesAgainAndAgainIsNoEnd() throws Exception {
    Caller a = gather("a");
    Caller b = gather("b");
    Request request = send();
    for (int i = 0; i < 1000; i++) {
      request.say(KeyResponse.newBuilder());
    }
    request.answer("b");
    request.answer("a");
    request.end();
    assertAnswered(a, b);
  }

  /** Ends one of those that are under way: it is the turn of those who have gathered. */
  private Request send() throws InterruptedException {
    Request ended = busy.remove(0);
    ended.answer(ended.keys.get(0));
    return way.next();
  }

  private Caller gather(String key) throws InterruptedException {
    return gather(key, null);
  }

  private Caller gather(String key, @Nullable Duration timeout) {
    Caller caller = new Caller(key, timeout);
    callers.add(caller);
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(1))
        .until(() ->
            caller.thread.getState() == Thread.State.WAITING
                || caller.thread.getState() == Thread.State.TIMED_WAITING);
    return caller;
  }

  private static void assertAnswered(Caller... answered) throws Exception {
    for (Caller caller : answered) {
      assertThat(caller.result.get(20, TimeUnit.SECONDS)).isEqualTo(HeldWay.valueOf(caller.key));
    }
  }

  /** Answers whatever is asked until they have their values. */
  private void assertAnsweredAnew(Caller... waiting) throws Exception {
    List<String> open = new ArrayList<>();
    for (Caller caller : waiting) {
      open.add(caller.key);
    }
    while (!open.isEmpty()) {
      Request request = way.next();
      assertThat(open).containsAll(request.keys);
      request.keys.forEach(request::answer);
      request.end();
      open.removeAll(request.keys);
    }
    assertAnswered(waiting);
  }

  /** A thread that gets a key. */
  private final class Caller {

    final String key;
    final CompletableFuture<GetResponse> result = new CompletableFuture<>();
    final Thread thread;
    private final GetContext context;

    Caller(String key, @Nullable Duration timeout) {
      this.key = key;
      GetContext background = GetContext.background();
      this.context = timeout == null ? background : background.withTimeout(timeout);
      this.thread = new Thread(this::get, key);
      thread.setDaemon(true);
      thread.start();
    }

    Duration left() {
      return context.remaining().orElseThrow();
    }

    Throwable failure() throws Exception {
      try {
        throw new AssertionError("has " + result.get(20, TimeUnit.SECONDS));
      } catch (ExecutionException e) {
        return Objects.requireNonNull(e.getCause());
      }
    }

    private void get() {
      try {
        result.complete(
            reads.get(context, GetRequest.newBuilder().setGroup("g").setKey(key).build()));
      } catch (Throwable failure) { // whatever it is, it is what this test asks for
        result.completeExceptionally(failure);
      }
    }
  }
}
