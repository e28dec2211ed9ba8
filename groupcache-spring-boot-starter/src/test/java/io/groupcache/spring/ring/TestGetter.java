package io.groupcache.spring.ring;

import io.groupcache.KeyNotFoundException;
import io.groupcache.Sink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;

/**
 * What the getters of a Java peer do: the same as those of go-peer. Counts its runs, or writes them
 * to {@code test.run-log}, if there is one.
 */
public class TestGetter {

  private final Map<String, Integer> runs = new ConcurrentHashMap<>();
  private final CountDownLatch release = new CountDownLatch(1);

  private final Duration delay;
  private final @Nullable Path runLog;

  TestGetter(
      @Value("${test.delay:0s}") Duration delay,
      @Value("${test.run-log:#{null}}") @Nullable Path runLog) {
    this.delay = delay;
    this.runLog = runLog;
  }

  void get(String group, String key, Sink dest) throws Exception {
    if (runLog != null) {
      RunLog.add(runLog, group, key);
    } else {
      runs.merge(Hex.encode(group) + " " + Hex.encode(key), 1, Integer::sum);
    }
    if (key.startsWith("slow:")) {
      TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    } else if (key.startsWith("slower:")) {
      TimeUnit.NANOSECONDS.sleep(delay.multipliedBy(100).toNanos());
    }
    if (key.startsWith("fail:")) {
      throw new IllegalStateException("told to fail for " + key);
    }
    if (key.startsWith("missing:")) {
      throw new KeyNotFoundException(key);
    }
    if (key.startsWith("wait:") && !release.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody released " + key);
    }
    dest.setString(value(group, key));
  }

  /** What every peer has as the value of a key. */
  public static String value(String group, String key) {
    return group + " " + key;
  }

  /** Lets the getters go that wait, now and later. */
  void release() {
    release.countDown();
  }

  /** A line for each group and key: both in hexadecimal, and how often the getter ran. */
  String runs() {
    return runs.entrySet().stream()
        .map(run -> run.getKey() + " " + run.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
