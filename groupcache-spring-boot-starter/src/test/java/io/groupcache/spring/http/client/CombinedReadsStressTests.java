package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.LoadException;
import io.groupcache.PeerException;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.client.HeldQuestions.Question;
import io.groupcache.spring.http.wire.KeyAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;

/**
 * Many callers of a peer that is now quick, now slow, and now and then fails, or says that it takes
 * no question about many keys; some are interrupted, and some have little time. Everyone gets its
 * own value, or a failure, and nobody is left waiting.
 */
@Timeout(120)
class CombinedReadsStressTests {

  private static final int CALLERS = 32;
  private static final int GETS = 150;
  private static final int SERVERS = 6;

  private final HeldQuestions questions = new HeldQuestions();
  private final CombinedReads reads = new CombinedReads(questions, "g");
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger together = new AtomicInteger();
  private final AtomicInteger values = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger interrupted = new AtomicInteger();

  @RepeatedTest(2)
  void everyoneGetsItsOwnAndNobodyIsLeftWaiting(RepetitionInfo repetition) throws Exception {
    int seed = repetition.getCurrentRepetition() * 1000;
    List<CompletableFuture<Void>> others = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      Random random = new Random(seed - i - 1);
      others.add(Threads.run(() -> serve(random)));
    }
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      int caller = i;
      callers.add(
          Threads.run(() -> {
            threads.add(Thread.currentThread());
            getMany(caller, new Random(seed + caller));
          }));
    }
    others.add(Threads.run(() -> interrupt(threads, new Random(seed + CALLERS))));

    CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).get(100, TimeUnit.SECONDS);
    end.countDown();
    CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);

    assertThat(values.get() + failures.get()).isEqualTo(CALLERS * GETS);
    assertThat(values).hasValueGreaterThan(CALLERS * GETS / 2);
    assertThat(interrupted).hasPositiveValue();
    assertThat(together).hasValueGreaterThan(10);
  }

  private void getMany(int caller, Random random) {
    for (int i = 0; i < GETS; i++) {
      String key = caller + "-" + i;
      Duration time =
          random.nextInt(10) == 0 ? Duration.ofMillis(random.nextInt(8)) : Duration.ofSeconds(60);
      try {
        KeyAnswer answer = reads.get(GetContext.background().withTimeout(time), key);
        if (answer instanceof KeyAnswer.Failed failed) {
          assertThat(failed.failure()).hasMessage("no " + key);
          failures.incrementAndGet();
        } else {
          assertThat(answer).isEqualTo(HeldQuestions.valueOf(key));
          values.incrementAndGet();
        }
      } catch (PeerException | LinkageError expected) {
        failures.incrementAndGet();
      }
      if (Thread.interrupted()) { // the flag is not the next get's
        interrupted.incrementAndGet();
      }
    }
  }

  private void interrupt(List<Thread> threads, Random random) {
    // Most gets come to their end, however slow the machine is.
    for (int i = 0; i < CALLERS * GETS / 8 && end.getCount() > 0; i++) {
      LockSupport.parkNanos(random.nextInt(2_000_000));
      if (!threads.isEmpty()) {
        threads.get(random.nextInt(threads.size())).interrupt();
      }
    }
  }

  private void serve(Random random) {
    while (true) {
      Question question = questions.poll();
      if (question != null) {
        if (!question.alone) {
          together.incrementAndGet();
        }
        answer(question, random);
      } else if (end.getCount() == 0) {
        return;
      }
    }
  }

  private static void answer(Question question, Random random) {
    if (random.nextInt(4) == 0) {
      LockSupport.parkNanos(random.nextInt(3_000_000));
    }
    int mood = random.nextInt(40);
    if (mood == 0) {
      question.fail(new PeerException("a test's", null));
    } else if (mood == 1 && !question.alone) {
      question.refuse();
    } else if (mood == 2) {
      question.fail(new LinkageError("a test's"));
    } else {
      question.say(
          question.keys.stream()
              .map(key -> random.nextInt(20) == 0 ? none(key) : HeldQuestions.valueOf(key))
              .toArray(KeyAnswer[]::new));
    }
  }

  private static KeyAnswer none(String key) {
    return new KeyAnswer.Failed(new LoadException("no " + key, null));
  }
}
