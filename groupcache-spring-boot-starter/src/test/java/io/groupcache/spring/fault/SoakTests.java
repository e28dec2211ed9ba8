package io.groupcache.spring.fault;

import static io.groupcache.spring.fault.FaultRing.java;
import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.ring.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three Java peers under load for {@code soak.minutes}. One is restarted now and then, in a crash
 * or as in a deployment, another frozen; what the two that are never restarted hold stays what it
 * was, and no thread is left when nobody asks any more.
 */
@Tag("soak")
class SoakTests {

  private static final Duration TIME = Duration.ofMinutes(Long.getLong("soak.minutes", 10));
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final int SAMPLES = 60;

  /** Small, so that it is full soon, and nothing grows but what should not. */
  private static final String CACHE = "--groupcache.cache-bytes=64KB";

  private static final double MB = 1 << 20;

  private final Map<ProcessMember, Series> heaps = new LinkedHashMap<>();
  private final Map<ProcessMember, Series> threads = new LinkedHashMap<>();
  private final Map<ProcessMember, Series> sockets = new LinkedHashMap<>();

  @Test
  void nothingGrows() throws IOException {
    List<Integer> ports = FreePorts.stable(3);
    List<String> urls = ports.stream().map(FaultRing::url).toList();
    ProcessMember spared = java("spared", urls.get(0), ports.get(0), urls, CACHE);
    ProcessMember frozen = java("frozen", urls.get(1), ports.get(1), urls, CACHE);
    ProcessMember restarted = java("restarted", urls.get(2), ports.get(2), urls, CACHE);
    try (FaultRing ring = new FaultRing(List.of(spared, frozen, restarted))) {
      Load load = new Load("slow:soak-", ring.targets());
      Holdings holdings;
      try (load) {
        load.goOn(WARM_UP);
        holdings = Holdings.of(List.of(spared, frozen));
        long begin = System.nanoTime();
        for (int i = 0; i < SAMPLES; i++) {
          long start = System.nanoTime();
          switch (i % 6) {
            case 1 -> freeze(frozen, load);
            case 3 -> crash(restarted, load);
            case 5 -> restart(restarted, load);
            default -> {} // a while of peace
          }
          ring.processes().forEach(this::sample);
          Duration spent = Duration.ofNanos(System.nanoTime() - start);
          load.goOn(TIME.dividedBy(SAMPLES).minus(spent));
        }
        report(load, Duration.ofNanos(System.nanoTime() - begin));
      }
      holdings.awaitRest();

      SoftAssertions softly = new SoftAssertions();
      softly.assertThat(load.complaints()).as("failed gets and wrong values").isEmpty();
      for (ProcessMember peer : List.of(spared, frozen)) {
        Series heap = series(heaps, peer, "heap MB");
        softly.assertThat(heap.late()).as("%s", heap).isLessThan(heap.early() * 1.2 + 10);
        Series open = series(sockets, peer, "sockets");
        softly.assertThat(open.late()).as("%s", open).isLessThan(open.early() + 4 * Load.THREADS);
      }
      holdings.check(softly);
      softly.assertAll();
      assertThat(load.gets()).isPositive();
    }
  }

  private static void freeze(ProcessMember peer, Load load) {
    load.leave(peer);
    peer.freeze();
    load.goOn(FaultSettings.READ_TIMEOUT.multipliedBy(2));
    peer.thaw();
    load.join(peer);
  }

  private static void crash(ProcessMember peer, Load load) {
    load.leave(peer);
    peer.kill();
    peer.start();
    load.join(peer);
  }

  private static void restart(ProcessMember peer, Load load) {
    load.leaveAtOnce(peer);
    peer.stop();
    peer.start();
    load.join(peer);
  }

  private void sample(ProcessMember peer) {
    series(heaps, peer, "heap MB").add(peer.heap() / MB);
    series(threads, peer, "threads").add(peer.vitals().threads());
    series(sockets, peer, "sockets").add(peer.vitals().sockets());
  }

  private static Series series(Map<ProcessMember, Series> all, ProcessMember peer, String what) {
    return all.computeIfAbsent(peer, added -> new Series(peer.name() + " " + what));
  }

  private void report(Load load, Duration time) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d minutes, %,d gets, %d failed, %d wrong%n"
            .formatted(time.toMinutes(), load.gets(), load.failed(), load.wrong()));
    for (Map<ProcessMember, Series> all : List.of(heaps, threads, sockets)) {
      all.values().forEach(series -> text.append(series.chart()));
    }
    Files.writeString(Path.of("target", "soak.md"), "```\n" + text + "```\n");
    System.out.println(text);
  }
}
