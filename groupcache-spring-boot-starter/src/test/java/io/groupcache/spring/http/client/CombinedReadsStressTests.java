package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.DeadlineExceededException;
import io.groupcache.GetContext;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.PeerException;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.client.HeldWay.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;

/**
 * Many callers of a peer that is now quick, now slow, and now and then says nothing, half of it, or
 * that it knows no such requests; some are interrupted, and some have little time. Everyone gets
 * its own value, or a failure, and nobody is left waiting.
 */
@Timeout(120)
class CombinedReadsStressTests {

  private static final int CALLERS = 32;
  private static final int GETS = 150;
  private static final int SERVERS = 6;

  private final HeldWay way = new HeldWay();
  private final Queue<Request> seen = new ConcurrentLinkedQueue<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger values = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger interrupted = new AtomicInteger();

  @RepeatedTest(2)
  void everyoneGetsItsOwnAndNobodyIsLeftWaiting(RepetitionInfo repetition) throws Exception {
    int seed = repetition.getCurrentRepetition() * 1000;
    CombinedReads reads = new CombinedReads(way, "g");
    List<CompletableFuture<Void>> servers = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      Random random = new Random(seed - i - 1);
      servers.add(Threads.run(() -> serve(random)));
    }
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      int caller = i;
      callers.add(
          Threads.run(() -> {
            threads.add(Thread.currentThread());
            getMany(reads, caller, new Random(seed + caller));
          }));
    }
    CompletableFuture<Void> interrupter =
        Threads.run(() -> interrupt(threads, new Random(seed + CALLERS)));

    CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).get(100, TimeUnit.SECONDS);
    end.countDown();
    interrupter.get(20, TimeUnit.SECONDS);
    for (CompletableFuture<Void> server : servers) {
      server.get(20, TimeUnit.SECONDS);
    }

    assertThat(values.get() + failures.get()).isEqualTo(CALLERS * GETS);
    assertThat(interrupted).hasPositiveValue();
    assertThat(values).hasValueGreaterThan(CALLERS * GETS / 2);
    assertThat(seen).filteredOn(request -> !request.alone).hasSizeGreaterThan(10);
    assertThat(seen)
        .filteredOn(request -> request.hasReader)
        .allSatisfy(request -> {
          assertThat(request.isClosed()).isTrue();
          assertThat(request.ends).hasSize(1);
        });
  }

  private void getMany(CombinedReads reads, int caller, Random random) {
    for (int i = 0; i < GETS; i++) {
      String key = caller + "-" + i;
      boolean hasty = random.nextInt(10) == 0;
      GetContext context =
          GetContext.background()
              .withTimeout(hasty ? Duration.ofMillis(random.nextInt(8)) : Duration.ofSeconds(60));
      try {
        GetResponse response =
            reads.get(context, GetRequest.newBuilder().setGroup("g").setKey(key).build());
        assertThat(response).isEqualTo(HeldWay.valueOf(key));
        values.incrementAndGet();
      } catch (PeerException
          | KeyNotFoundException
          | LoadException
          | DeadlineExceededException
          | LinkageError expected) {
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
      Request request = way.poll();
      if (request != null) {
        seen.add(request);
        answer(request, random);
      } else if (end.getCount() == 0) {
        return;
      }
    }
  }

  private static void answer(Request request, Random random) {
    if (random.nextInt(4) == 0) {
      LockSupport.parkNanos(random.nextInt(3_000_000));
    }
    int mood = random.nextInt(40);
    if (mood == 0) {
      request.fail(new PeerException("a test's", null));
    } else if (mood == 1 && !request.alone) {
      request.refuse();
    } else if (mood == 2) {
      request.fail(new LinkageError("a test's"));
    } else {
      sayOneByOne(request, random, mood);
    }
  }

  private static void sayOneByOne(Request request, Random random, int mood) {
    List<String> keys = new ArrayList<>(request.keys);
    Collections.shuffle(keys, random);
    for (int i = 0; i < keys.size(); i++) {
      if (!request.alone && random.nextInt(8) == 0) {
        request.say(KeyResponse.newBuilder());
        LockSupport.parkNanos(random.nextInt(2_000_000));
      }
      if (mood == 3 && i > 0) {
        request.breakOff();
        return;
      } else if (mood == 4 && !request.alone) {
        request.sayError(keys.get(i), "load-failed");
      } else {
        request.answer(keys.get(i));
      }
    }
    request.end();
  }
}
