package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.GetContext;
import io.groupcache.KeyNotFoundException;
import io.groupcache.spring.http.client.HeldQuestions.Question;
import io.groupcache.spring.http.wire.KeyAnswer;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.PeerFailure.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which gets go together, whose turn it is to send them, and what everybody then has. */
@Timeout(60)
class CombinedReadsTests {

  private static final GetContext BACKGROUND = GetContext.background();

  private final HeldQuestions questions = new HeldQuestions();
  private final List<Caller> callers = new ArrayList<>();

  /** One where gets are queued for as long as a question is in flight. */
  private final CombinedReads reads = new CombinedReads(questions, "g", Long.MAX_VALUE);

  /** Nobody is left waiting, and the turn is there again. */
  @AfterEach
  void theNextOneIsSentImmediately() throws Exception {
    for (Caller caller : callers) {
      caller.thread.join(20_000);
      assertThat(caller.thread.isAlive()).as(caller.key).isFalse();
    }
    assertThat(questions.isQuiet()).isTrue();
    Question last = sent("last");
    last.answer();
    assertThat(last.alone).isTrue();
  }

  @Test
  void aLoneGetIsSentImmediatelyAndByItself() throws Exception {
    for (int i = 0; i < 3; i++) {
      Question question = sent("a");
      assertThat(question.alone).isTrue();
      assertThat(question.keys).containsExactly("a");
      question.answer();
      assertHasItsOwn(callers.get(i));
    }
  }

  @Test
  void thoseThatComeMeanwhileGoTogetherNext() throws Exception {
    Question busy = sent("busy");
    Caller a = queued("a");
    Caller b = queued("b");
    Caller c = queued("c");
    assertThat(questions.isQuiet()).isTrue();

    busy.answer();

    Question batch = questions.next();
    assertThat(batch.alone).isFalse();
    assertThat(batch.keys).containsExactly("a", "b", "c");
    batch.answer();
    assertHasItsOwn(a, b, c);
  }

  @Test
  void oneThatComesMeanwhileIsAPlainGetToo() throws Exception {
    Question busy = sent("busy");
    Caller a = queued("a");

    busy.answer();

    Question next = questions.next();
    assertThat(next.alone).isTrue();
    next.answer();
    assertHasItsOwn(a);
  }

  @Test
  void thoseThatComeWhileABatchIsInFlightAreTheNextBatch() throws Exception {
    Question busy = sent("busy");
    queued("a");
    queued("b");
    busy.answer();
    Question batch = questions.next();
    queued("c");
    queued("d");
    assertThat(questions.isQuiet()).isTrue();

    batch.answer();

    Question next = questions.next();
    assertThat(next.keys).containsExactly("c", "d");
    next.answer();
    assertHasItsOwn(callers.toArray(Caller[]::new));
  }

  @Test
  void aBatchHas64KeysAtMost() throws Exception {
    Question busy = sent("busy");
    for (int i = 0; i < 70; i++) {
      queued("k" + i);
    }
    busy.answer();

    Question first = questions.next();
    assertThat(first.keys).hasSize(64);
    first.answer();
    Question second = questions.next();
    assertThat(second.keys).hasSize(6);
    second.answer();
    assertHasItsOwn(callers.toArray(Caller[]::new));
  }

  @Test
  void longKeysGoInMoreBatches() throws Exception {
    Question busy = sent("busy");
    for (int i = 0; i < 5; i++) {
      queued(String.valueOf(i).repeat(200_000));
    }
    busy.answer();

    Set<String> sent = new HashSet<>();
    while (sent.size() < 5) {
      Question next = questions.next();
      assertThat(next.keys.stream().mapToInt(String::length).sum()).isLessThan(1 << 19);
      sent.addAll(next.keys);
      next.answer();
    }
    assertHasItsOwn(callers.toArray(Caller[]::new));
  }

  @Test
  void aLongKeyIsNoReasonToKeepShortOnesBack() throws Exception {
    Question busy = sent("busy");
    queued("a".repeat(400_000));
    queued("b".repeat(400_000));
    queued("c");
    busy.answer();

    Question first = questions.next();
    assertThat(first.keys).containsExactly("a".repeat(400_000), "c");
    first.answer();
    questions.next().answer();
    assertHasItsOwn(callers.toArray(Caller[]::new));
  }

  @Test
  void whatCarriesAttributesGoesAloneAndAtOnce() throws Exception {
    Question busy = sent("busy");

    Question mine = sent("mine", BACKGROUND.withAttribute("tenant", "t"));

    assertThat(mine.alone).isTrue();
    mine.answer();
    busy.answer();
  }

  @Test
  void theLoadsThatWaitForAKeyAreSentWithIt() throws Exception {
    GetContext context = BACKGROUND.withAncestors(() -> List.of("g/parent"));
    Question lone = sent("a", context);
    assertThat(lone.alone).isFalse();
    assertThat(lone.ancestors).containsExactly(List.of("g/parent"));
    queued("b");
    queued("c", context);
    lone.answer();

    Question batch = questions.next();
    assertThat(batch.ancestors).containsExactly(List.of(), List.of("g/parent"));
    batch.answer();
  }

  @Test
  void aKeyThatIsThereTwiceGoesInTwoRequests() throws Exception {
    Question busy = sent("busy");
    Caller a = queued("a");
    Caller b = queued("b");
    Caller again = queued("a");
    busy.answer();

    Question batch = questions.next();
    assertThat(batch.keys).containsExactly("a", "b");
    batch.answer();
    assertHasItsOwn(a, b);
    Question next = questions.next();
    assertThat(next.keys).containsExactly("a");
    next.answer();
    assertHasItsOwn(again);
  }

  @Test
  void eachKeyHasItsOwnAnswer() throws Exception {
    Question busy = sent("busy");
    Caller a = queued("a");
    Caller b = queued("b");
    Caller c = queued("c");
    Caller d = queued("d");
    busy.answer();

    KeyAnswer failed = new KeyAnswer.Failed(new KeyNotFoundException("a"));
    KeyAnswer loading = new KeyAnswer.Loading(1, 2);
    KeyAnswer again = new KeyAnswer.Again(true);
    questions.next().say(failed, loading, again, HeldQuestions.valueOf("d"));

    assertThat(a.answer()).isSameAs(failed);
    assertThat(b.answer()).isSameAs(loading);
    assertThat(c.answer()).isSameAs(again);
    assertHasItsOwn(d);
  }

  @Test
  void aFailureIsSharedByThoseWithNoMoreTimeThanTheSender() throws Exception {
    PeerFailure failure = new PeerFailure("refused", null, true, Health.ILL);
    Question busy = sent("busy");
    Caller sender = queued("a", BACKGROUND.withTimeout(Duration.ofMinutes(2)));
    Caller hastier = queued("b", BACKGROUND.withTimeout(Duration.ofMinutes(1)));
    Caller patient = queued("c", BACKGROUND.withTimeout(Duration.ofMinutes(3)));
    Caller endless = queued("d");
    busy.answer();

    questions.next().fail(failure);

    assertThat(sender.failure()).isSameAs(failure);
    assertThat(hastier.failure()).isSameAs(failure);
    assertAskedAnew(patient, endless);
  }

  @Test
  void anErrorIsTheSendersAlone() throws Exception {
    Error error = new LinkageError("a test's");
    Question busy = sent("busy");
    Caller a = queued("a");
    Caller b = queued("b");
    Caller c = queued("c");
    busy.answer();

    questions.next().fail(error);

    assertThat(a.failure()).isSameAs(error);
    assertAskedAnew(b, c);
  }

  @Test
  void aSenderThatIsInterruptedCostsTheOthersNothing() throws Exception {
    Question busy = sent("busy");
    Caller a = queued("a");
    Caller b = queued("b");
    Caller c = queued("c");
    busy.answer();
    questions.next();

    a.thread.interrupt();

    assertThat(a.failure()).isInstanceOf(PeerFailure.class);
    assertAskedAnew(b, c);
  }

  @Test
  void aSenderWhoseTimeIsUpCostsTheOthersNothing() throws Exception {
    Question busy = sent("busy");
    Caller a = queued("a", BACKGROUND.withTimeout(Duration.ofSeconds(2)));
    Caller b = queued("b", BACKGROUND.withTimeout(Duration.ofMinutes(1)));
    Caller c = queued("c");
    busy.answer();
    questions.next();

    assertThat(a.failure()).isInstanceOf(PeerFailure.class);
    assertAskedAnew(b, c);
  }

  @Test
  void aPeerThatDoesNotTakeManyIsAskedKeyByKey() throws Exception {
    Question busy = sent("busy");
    queued("a");
    queued("b");
    queued("c");
    busy.answer();
    Question batch = questions.next();
    questions.takesMany = false;

    batch.refuse();

    List<Question> alone = new ArrayList<>();
    for (int i = 0; i < 3; i++) { // all at the same time
      alone.add(questions.next());
    }
    assertThat(alone).allMatch(question -> question.alone);
    alone.forEach(Question::answer);
    assertHasItsOwn(callers.toArray(Caller[]::new));
  }

  @Test
  void whoIsInterruptedInTheQueueLeavesAtOnceAndIsNotAskedFor() throws Exception {
    Question busy = sent("busy");
    Caller gone = queued("gone");
    Caller a = queued("a");
    Caller b = queued("b");

    gone.thread.interrupt();
    assertThat(gone.failure()).isInstanceOf(PeerFailure.class);
    busy.answer();

    Question batch = questions.next();
    assertThat(batch.keys).containsExactly("a", "b");
    batch.answer();
    assertHasItsOwn(a, b);
  }

  @Test
  void whoseTimeIsUpInTheQueueLeavesAtOnceAndIsNotAskedFor() throws Exception {
    Question busy = sent("busy");
    Caller gone = new Caller(reads, "gone", BACKGROUND.withTimeout(Duration.ofMillis(20)));
    callers.add(gone);
    assertThat(gone.failure()).isInstanceOf(PeerFailure.class);

    busy.answer();

    assertHasItsOwn(callers.get(0));
  }

  @Test
  void whoLeavesWhileABatchIsInFlightCostsTheOthersNothing() throws Exception {
    Question busy = sent("busy");
    Caller a = queued("a");
    Caller gone = queued("gone");
    Caller b = queued("b");
    busy.answer();
    Question batch = questions.next();

    gone.thread.interrupt();

    assertThat(gone.failure()).isInstanceOf(PeerFailure.class);
    batch.answer();
    assertHasItsOwn(a, b);
  }

  @Test
  void afterAWhileInTheQueueOneOvertakesWhatIsInFlight() throws Exception {
    CombinedReads impatient = new CombinedReads(questions, "g", TimeUnit.MILLISECONDS.toNanos(1));
    Caller slow = new Caller(impatient, "slow", BACKGROUND);
    Question busy = questions.next();
    Caller a = new Caller(impatient, "a", BACKGROUND);

    Question overtaking = questions.next();

    assertThat(overtaking.keys).containsExactly("a");
    overtaking.answer();
    assertHasItsOwn(a);
    assertThat(slow.said).isNotDone();
    // The one that was overtaken neither has the turn any more, nor gives it to anyone.
    Caller b = new Caller(impatient, "b", BACKGROUND);
    Question next = questions.next();
    busy.answer();
    assertHasItsOwn(slow);
    next.answer();
    assertHasItsOwn(b);
  }

  /** Makes a get that is sent immediately. */
  private Question sent(String key) throws InterruptedException {
    return sent(key, BACKGROUND);
  }

  private Question sent(String key, GetContext context) throws InterruptedException {
    callers.add(new Caller(reads, key, context));
    Question question = questions.next();
    assertThat(question.keys).containsExactly(key);
    return question;
  }

  private Caller queued(String key) {
    return queued(key, BACKGROUND);
  }

  private Caller queued(String key, GetContext context) {
    Caller caller = new Caller(reads, key, context);
    callers.add(caller);
    await()
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> LockSupport.getBlocker(caller.thread) == reads);
    return caller;
  }

  private static void assertHasItsOwn(Caller... answered) throws Exception {
    for (Caller caller : answered) {
      assertThat(caller.answer()).isEqualTo(HeldQuestions.valueOf(caller.key));
    }
  }

  /** Answers whatever is asked until they have their values. */
  private void assertAskedAnew(Caller... waiting) throws Exception {
    List<String> open = new ArrayList<>();
    for (Caller caller : waiting) {
      open.add(caller.key);
    }
    while (!open.isEmpty()) {
      Question question = questions.next();
      assertThat(open).containsAll(question.keys);
      question.answer();
      open.removeAll(question.keys);
    }
    assertHasItsOwn(waiting);
  }

  /** A thread that gets a key. */
  private static final class Caller {

    final String key;
    final CompletableFuture<KeyAnswer> said = new CompletableFuture<>();
    final Thread thread;

    Caller(CombinedReads reads, String key, GetContext context) {
      this.key = key;
      this.thread =
          new Thread(() -> get(reads, context), key.substring(0, Math.min(9, key.length())));
      thread.setDaemon(true);
      thread.start();
    }

    KeyAnswer answer() throws Exception {
      return said.get(20, TimeUnit.SECONDS);
    }

    Throwable failure() throws Exception {
      try {
        throw new AssertionError("has " + answer());
      } catch (ExecutionException e) {
        return Objects.requireNonNull(e.getCause());
      }
    }

    private void get(CombinedReads reads, GetContext context) {
      try {
        said.complete(reads.get(context, key));
      } catch (Throwable failure) { // whatever it is, it is what a test asks for
        said.completeExceptionally(failure);
      }
    }
  }
}
