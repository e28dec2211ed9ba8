package io.groupcache.spring.http.client;

import io.groupcache.GetContext;
import io.groupcache.spring.http.client.CombinedRead.News;
import io.groupcache.spring.http.wire.ChangesHeader;
import io.groupcache.spring.http.wire.KeyAnswer;
import io.groupcache.spring.http.wire.ManyKeys;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gets of one group from one peer. If no request is in flight, a get is sent immediately, by
 * itself. Otherwise it is queued and sent with the next batch, by the caller whose turn it is. Safe
 * for use from many threads.
 */
final class CombinedReads {

  /** How many keys go together. */
  private static final int MAX_KEYS = 64;

  /** How many bytes of a request the keys of a batch may take. */
  private static final int MAX_BYTES = ManyKeys.MAX_REQUEST_BYTES / 2;

  /**
   * How long a get is queued: then it is sent, with those that have come since, whatever is in
   * flight. So a request that takes long delays the others by so much at most.
   */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final PeerQuestions questions;
  private final String group;
  private final long patienceNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable CombinedRead inFlight; // guarded by the lock
  private final Deque<CombinedRead> queued = new ArrayDeque<>(); // guarded by the lock

  CombinedReads(PeerQuestions questions, String group) {
    this(questions, group, PATIENCE_NANOS);
  }

  /** One whose gets are queued for another time. */
  CombinedReads(PeerQuestions questions, String group, long patienceNanos) {
    this.questions = questions;
    this.group = group;
    this.patienceNanos = patienceNanos;
  }

  /** What the peer says of a key. */
  KeyAnswer get(GetContext context, String key) {
    List<String> ancestors = context.ancestors();
    // What a context carries is for this key alone: an interceptor may send it along.
    while (context.attributes().isEmpty() && questions.takesMany()) {
      CombinedRead mine = new CombinedRead(context, key, ancestors);
      if (beginOrQueue(mine)) {
        return sendAndPassOn(mine, Map.of(key, mine));
      }
      KeyAnswer answer = await(mine);
      if (answer != null) {
        return answer;
      }
      if (mine.isOver()) {
        throw mine.tooLate();
      }
    }
    return sendAlone(new CombinedRead(context, key, ancestors));
  }

  private boolean beginOrQueue(CombinedRead read) {
    lock.lock();
    try {
      if (inFlight == null) {
        inFlight = read;
        return true;
      }
      queued.add(read);
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** What it comes to; null when it has to be asked for anew. */
  private @Nullable KeyAnswer await(CombinedRead mine) {
    long patience = patienceNanos;
    long start = System.nanoTime();
    while (true) {
      News news = mine.news();
      if (news instanceof News.Answered answered) {
        return answered.answer();
      } else if (news instanceof News.Failed failed) {
        throw failed.failure();
      } else if (news instanceof News.Again) {
        return null;
      } else if (news instanceof News.Send) {
        return sendBatch(mine);
      }
      long waited = System.nanoTime() - start;
      if (mine.isOver()) {
        leave(mine);
      } else if (waited < patience) {
        LockSupport.parkNanos(this, Math.min(patience - waited, mine.context().remainingNanos()));
      } else if (overtakes(mine)) {
        return sendBatch(mine);
      } else {
        patience = Long.MAX_VALUE; // it is on its way
      }
    }
  }

  private void leave(CombinedRead mine) {
    if (mine.tell(new News.Left())) {
      lock.lock();
      try {
        queued.remove(mine);
      } finally {
        lock.unlock();
      }
      throw mine.tooLate();
    } // else it has been told what to do, and others count on it
  }

  /** Whether it has waited in vain, and is sent beside the request that is in flight. */
  private boolean overtakes(CombinedRead mine) {
    lock.lock();
    try {
      boolean overtakes = queued.remove(mine);
      if (overtakes) {
        inFlight = mine;
      }
      return overtakes;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable KeyAnswer sendBatch(CombinedRead mine) {
    if (mine.isOver()) {
      passOn(mine);
      throw mine.tooLate();
    }
    return sendAndPassOn(mine, batchOf(mine));
  }

  /** It and those that are queued, by key, as far as they fit into a request. */
  private Map<String, CombinedRead> batchOf(CombinedRead mine) {
    Map<String, CombinedRead> batch = new LinkedHashMap<>();
    batch.put(mine.key(), mine);
    int bytes = mine.size();
    lock.lock();
    try {
      Iterator<CombinedRead> each = queued.iterator();
      while (each.hasNext() && batch.size() < MAX_KEYS) {
        CombinedRead next = each.next();
        int size = next.size();
        if (bytes + size <= MAX_BYTES && batch.putIfAbsent(next.key(), next) == null) {
          bytes += size;
          each.remove();
        } // else it waits for the next batch
      }
    } finally {
      lock.unlock();
    }
    return batch;
  }

  private KeyAnswer sendAndPassOn(CombinedRead mine, Map<String, CombinedRead> batch) {
    try {
      return batch.size() == 1 ? sendAlone(mine) : sendTogether(mine, batch);
    } finally {
      passOn(mine);
    }
  }

  private KeyAnswer sendAlone(CombinedRead mine) {
    @Nullable KeyAnswer[] answers = null;
    boolean needsBody =
        !mine.ancestors().isEmpty()
            || mine.context().changes(mine.key()).size() > ChangesHeader.MAX_CHANGES;
    if (needsBody && questions.takesMany()) { // a GET has none
      answers =
          questions.getAll(mine.context(), group, List.of(mine.key()), List.of(mine.ancestors()));
    }
    return answers != null
        ? Objects.requireNonNull(answers[0])
        : questions.get(mine.context(), group, mine.key());
  }

  private KeyAnswer sendTogether(CombinedRead mine, Map<String, CombinedRead> batch) {
    List<CombinedRead> reads = List.copyOf(batch.values());
    @Nullable KeyAnswer[] answers;
    try {
      answers =
          questions.getAll(
              mine.context(),
              group,
              List.copyOf(batch.keySet()),
              reads.stream().map(CombinedRead::ancestors).toList());
    } catch (Throwable failure) { // an Error too must not leave callers waiting
      boolean interrupted = Thread.currentThread().isInterrupted();
      for (CombinedRead read : reads) {
        // What was cut short for the sender says nothing to those who have more time.
        boolean shared =
            !interrupted && !read.hasMoreTimeThan(mine) && failure instanceof RuntimeException;
        read.tell(shared ? new News.Failed((RuntimeException) failure) : new News.Again());
      }
      throw failure;
    }
    if (answers == null) { // the peer has to be asked key by key
      reads.forEach(read -> read.tell(new News.Again()));
      return questions.get(mine.context(), group, mine.key());
    }
    for (int i = 1; i < answers.length; i++) {
      reads.get(i).tell(new News.Answered(Objects.requireNonNull(answers[i])));
    }
    return Objects.requireNonNull(answers[0]);
  }

  /** Its request is in flight no more: it is the next one's turn. */
  private void passOn(CombinedRead sender) {
    lock.lock();
    try {
      if (inFlight != sender) {
        return; // it was overtaken
      }
      CombinedRead next = queued.poll();
      while (next != null && !next.tell(new News.Send())) {
        next = queued.poll();
      }
      inFlight = next;
    } finally {
      lock.unlock();
    }
  }
}
