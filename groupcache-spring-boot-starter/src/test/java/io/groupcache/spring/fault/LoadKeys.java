package io.groupcache.spring.fault;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is asked for: mostly a few hot keys, some of many, and always new ones, each of which a few
 * ask for at about the same time.
 */
final class LoadKeys {

  private static final int HOT = 40;
  private static final int WARM = 400;
  private static final int ASKERS = 3;

  private final String prefix;
  private final AtomicInteger cold = new AtomicInteger();

  LoadKeys(String prefix) {
    this.prefix = prefix;
  }

  String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int kind = random.nextInt(100);
    if (kind < 60) {
      return prefix + "hot-" + random.nextInt(HOT);
    }
    if (kind < 80) {
      return prefix + "warm-" + random.nextInt(WARM);
    }
    return prefix + "cold-" + cold.getAndIncrement() / ASKERS;
  }
}
