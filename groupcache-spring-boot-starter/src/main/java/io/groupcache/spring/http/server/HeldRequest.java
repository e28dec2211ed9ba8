package io.groupcache.spring.http.server;

import io.groupcache.spring.http.server.AnswerThreads.Cancellable;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A request that is answered once its loads have an outcome, or after a while; it takes no thread
 * meanwhile, unless the application does not let it be answered later. Outcomes that come soon
 * after each other go into one answer.
 */
final class HeldRequest {

  private static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final List<PromisedLoad> loads;
  private final Answer answer;
  private final AnswerThreads threads;
  private final AtomicInteger loading;
  private final AtomicBoolean gathering = new AtomicBoolean();
  private final AtomicBoolean answered = new AtomicBoolean();
  private volatile @Nullable Runnable whenEnded;
  private volatile boolean ended;
  private volatile Cancellable timeout = () -> {};

  /** What is written in the end. */
  @FunctionalInterface
  interface Answer {
    void send(HttpServletResponse response) throws IOException;
  }

  HeldRequest(List<PromisedLoad> loads, Answer answer, AnswerThreads threads) {
    this.loads = loads;
    this.answer = answer;
    this.threads = threads;
    this.loading = new AtomicInteger(loads.size());
  }

  /** Holds a request for so long at most; not at all when all of its loads have an outcome. */
  void hold(HttpServletRequest request, HttpServletResponse response, long nanos)
      throws IOException {
    if (loads.stream().allMatch(load -> load.outcome() != null)) {
      answered.set(true);
      answer.send(response);
      return;
    }
    if (!request.isAsyncSupported()) {
      holdThread(response, nanos);
      return;
    }
    AsyncContext async = request.startAsync(request, response);
    async.setTimeout(0); // the time is kept here
    begin(() -> threads.execute(() -> send(async)), nanos);
  }

  private void holdThread(HttpServletResponse response, long nanos) throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    begin(over::countDown, nanos);
    try {
      boolean unused = over.await(nanos, TimeUnit.NANOSECONDS); // the clock may be closed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server stops: it is answered now
    }
    end();
    answer.send(response);
  }

  private void begin(Runnable then, long nanos) {
    whenEnded = then;
    timeout = threads.schedule(this::end, nanos);
    loads.forEach(load -> load.tell(this));
    if (ended) { // before it was held
      end();
    }
  }

  /** Whether it is over. */
  boolean isAnswered() {
    return answered.get();
  }

  /** One of the loads has an outcome. */
  void landed() {
    if (loading.decrementAndGet() == 0) {
      end();
    } else if (gathering.compareAndSet(false, true)) {
      threads.schedule(this::end, GATHERING_NANOS);
    }
  }

  /** Answers now, with what there is. */
  void end() {
    ended = true;
    Runnable then = whenEnded;
    if (then != null && answered.compareAndSet(false, true)) {
      timeout.cancel();
      loads.forEach(load -> load.forget(this));
      then.run();
    }
  }

  private void send(AsyncContext async) {
    try {
      answer.send((HttpServletResponse) async.getResponse());
      async.getResponse().flushBuffer();
    } catch (IOException | IllegalStateException e) {
      return; // the asker is gone, and needs nothing more
    } finally {
      async.complete();
    }
  }
}
