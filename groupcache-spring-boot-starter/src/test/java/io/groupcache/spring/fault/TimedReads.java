package io.groupcache.spring.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Threads that read values with a time to live through all peers, one key or several at a time. One
 * that is kept for too long is never seen to be another; one that expires too soon is never seen
 * where it is mirrored.
 */
final class TimedReads implements AutoCloseable {

  /** How long values may be used, as the peers have to be told. */
  static final Duration TIME_TO_LIVE = Duration.ofSeconds(1);

  private static final Duration TIME_TO_SEE_ALL = Duration.ofSeconds(60);
  private static final List<Integer> KEYS = IntStream.range(0, 6).boxed().toList();
  private static final long BREATH = TimeUnit.MILLISECONDS.toNanos(1);

  private final List<ProcessMember> peers;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, String> first = new ConcurrentHashMap<>();
  private final Set<String> renewed = ConcurrentHashMap.newKeySet();
  private final Set<String> mirrored = ConcurrentHashMap.newKeySet();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private volatile boolean ended;

  private TimedReads(List<ProcessMember> peers) {
    this.peers = List.copyOf(peers);
    for (ProcessMember peer : peers) {
      start(peer, KEYS.stream().map(List::of).toList());
      start(peer, List.of(KEYS));
    }
  }

  /** Each peer keeps what others give it, and gives no value for longer than it may. */
  static void assertTimesHold(List<ProcessMember> peers) {
    try (TimedReads reads = new TimedReads(peers)) {
      reads.awaitAll();
    }
  }

  private void awaitAll() {
    await()
        .atMost(TIME_TO_SEE_ALL)
        .failFast(() -> assertThat(complaints).isEmpty())
        .untilAsserted(() -> {
          assertThat(mirrored).as("who has mirrored values").hasSize(2 * peers.size());
          assertThat(renewed)
              .as("values that were seen to be renewed")
              .hasSize(2 * peers.size() * KEYS.size());
        });
  }

  @Override
  public void close() {
    ended = true;
    for (Thread thread : threads) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(70));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void start(ProcessMember peer, List<List<Integer>> reads) {
    Thread thread = new Thread(() -> read(peer, reads), "times-" + threads.size());
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void read(ProcessMember peer, List<List<Integer>> reads) {
    String reader = peer + ", " + reads.size() + " reads";
    while (!ended) {
      for (List<Integer> keys : reads) {
        try {
          List<TimedValue> values = peer.timed(keys);
          for (int i = 0; i < keys.size(); i++) {
            see(reader, keys.get(i), values.get(i));
          }
        } catch (RuntimeException | AssertionError failure) {
          complaints.add(keys + " through " + peer + ": " + failure);
          return;
        }
        LockSupport.parkNanos(BREATH);
      }
    }
  }

  private void see(String reader, int key, TimedValue value) {
    String what = reader + ": " + key;
    if (value.timeToLive().compareTo(TIME_TO_LIVE) > 0) {
      complaints.add(what + ": " + value);
    }
    if (value.source() == Source.HOT) {
      mirrored.add(reader);
    }
    String before = first.putIfAbsent(what, value.text());
    if (before != null && !before.equals(value.text())) {
      renewed.add(what);
    }
  }
}
