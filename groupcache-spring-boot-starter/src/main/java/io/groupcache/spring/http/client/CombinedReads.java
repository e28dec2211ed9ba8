package io.groupcache.spring.http.client;

import io.groupcache.GetContext;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gets of one group from one peer. While requests are under way, further gets gather, and go
 * together in the next one; a lone get goes at once, and by itself. There are no threads for it:
 * the caller whose turn it is sends for all. Safe for use from many threads.
 */
final class CombinedReads {

  /** How many requests are under way before gets gather. */
  static final int REQUESTS = 1;

  /** How many keys go together: each is loaded at once by the peer, if it has to. */
  private static final int MAX_TOGETHER = 64;

  /**
   * How long a get gathers: then it goes, with those that have come since, whatever is under way.
   * So a request that takes long, as for a slow key, delays the others by so much at most.
   */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final PeerWay way;
  private final String group;
  private final long patienceNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<CombinedRead> underWay = new ArrayDeque<>(); // guarded by the lock
  private final Deque<CombinedRead> gathered = new ArrayDeque<>(); // guarded by the lock

  CombinedReads(PeerWay way, String group) {
    this(way, group, PATIENCE_NANOS);
  }

  /** One whose gets gather for another time. */
  CombinedReads(PeerWay way, String group, long patienceNanos) {
    this.way = way;
    this.group = group;
    this.patienceNanos = patienceNanos;
  }

  GetResponse get(GetContext context, GetRequest request) {
    // What a context carries is for this key alone: an interceptor may send it along.
    while (context.attributes().isEmpty() && way.takesMany()) {
      CombinedRead mine = new CombinedRead(context, request);
      if (beginOrGather(mine)) {
        return getAlone(mine);
      }
      GetResponse response = await(mine);
      if (response != null) {
        return response;
      }
      if (mine.isOver()) {
        throw mine.tooLate();
      }
    }
    return way.get(context, request);
  }

  /** Whether it may go at once. */
  private boolean beginOrGather(CombinedRead read) {
    lock.lock();
    try {
      boolean begins = underWay.size() < REQUESTS;
      (begins ? underWay : gathered).add(read);
      return begins;
    } finally {
      lock.unlock();
    }
  }

  private GetResponse getAlone(CombinedRead mine) {
    try {
      return way.get(mine.context(), mine.request());
    } finally {
      ended(mine);
    }
  }

  /** What it comes to; null when it has to be asked for anew. */
  private @Nullable GetResponse await(CombinedRead mine) {
    long patience = patienceNanos;
    long start = System.nanoTime();
    while (true) {
      switch (mine.turn()) {
        case DONE -> {
          return mine.result();
        }
        case AGAIN -> {
          return null;
        }
        case SEND -> {
          return send(mine);
        }
        case READ -> {
          if (mine.isOver()) {
            mine.answer().passOn(mine);
            throw mine.tooLate();
          }
          mine.answer().read(mine);
        }
        default -> {
          long waited = System.nanoTime() - start;
          if (mine.isOver()) {
            leave(mine);
          } else if (waited < patience) {
            LockSupport.parkNanos(this, Math.min(patience - waited, mine.remainingNanos()));
          } else if (sendsAnyway(mine)) {
            return send(mine);
          } else {
            patience = Long.MAX_VALUE; // it is on its way
          }
        }
      }
    }
  }

  private void leave(CombinedRead mine) {
    if (mine.leave()) {
      lock.lock();
      try {
        gathered.remove(mine);
      } finally {
        lock.unlock();
      }
      throw mine.tooLate();
    } // else it has been told what to do, and others count on it
  }

  /** Whether it has waited in vain, and goes in place of the oldest request that is under way. */
  private boolean sendsAnyway(CombinedRead mine) {
    lock.lock();
    try {
      boolean sends = gathered.remove(mine);
      if (sends) {
        underWay.poll();
        underWay.add(mine);
      }
      return sends;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable GetResponse send(CombinedRead mine) {
    try {
      if (mine.isOver()) {
        throw mine.tooLate();
      }
      Map<String, CombinedRead> reads = withGathered(mine);
      if (reads.size() == 1) {
        return way.get(mine.context(), mine.request());
      }
      return sendTogether(mine, reads);
    } finally {
      ended(mine);
    }
  }

  private @Nullable GetResponse sendTogether(CombinedRead mine, Map<String, CombinedRead> reads) {
    @Nullable CombinedAnswer answer;
    try {
      ManyKeysReader reader = way.ask(mine.context(), group, List.copyOf(reads.keySet()));
      answer = reader == null ? null : new CombinedAnswer(reads, reader, mine, () -> ended(mine));
    } catch (Throwable failure) { // an Error too must not leave callers waiting
      boolean interrupted = Thread.currentThread().isInterrupted();
      for (CombinedRead read : others(mine, reads)) {
        boolean ofMineOnly = interrupted || (mine.hasHardlyAnyTime() && read.hasMoreTimeThan(mine));
        if (!ofMineOnly && failure instanceof RuntimeException known) {
          read.fail(known);
        } else {
          read.again();
        }
      }
      throw failure;
    }
    if (answer == null) { // the peer has to be asked key by key
      others(mine, reads).forEach(CombinedRead::again);
      return way.get(mine.context(), mine.request());
    }
    answer.read(mine);
    return mine.turn() == CombinedRead.Turn.AGAIN ? null : mine.result();
  }

  private static List<CombinedRead> others(CombinedRead mine, Map<String, CombinedRead> reads) {
    List<CombinedRead> others = new ArrayList<>(reads.values());
    others.remove(mine);
    return others;
  }

  /** It and those that have gathered, by key. */
  private Map<String, CombinedRead> withGathered(CombinedRead mine) {
    Map<String, CombinedRead> reads = new LinkedHashMap<>();
    reads.put(mine.key(), mine);
    lock.lock();
    try {
      Iterator<CombinedRead> each = gathered.iterator();
      while (each.hasNext() && reads.size() < MAX_TOGETHER) {
        CombinedRead next = each.next();
        if (reads.putIfAbsent(next.key(), next) == null) { // else it waits for the next request
          each.remove();
        }
      }
    } finally {
      lock.unlock();
    }
    return reads;
  }

  /** Its request is under way no more, or for long: it is the next one's turn. */
  private void ended(CombinedRead sender) {
    lock.lock();
    try {
      if (!underWay.remove(sender)) {
        return;
      }
      CombinedRead next = gathered.poll();
      while (next != null && !next.send()) {
        next = gathered.poll();
      }
      if (next != null) {
        underWay.add(next);
      }
    } finally {
      lock.unlock();
    }
  }
}
