package io.groupcache.benchmarks.remote;

import java.util.Arrays;
import java.util.Locale;

/** Who gets. */
enum Rival {
  GROUPCACHE("groupcache for the JVM"),
  GO("golang/groupcache"),
  JEDIS("Redis (Jedis)"),
  LETTUCE("Redis (Lettuce)"),
  HAZELCAST("Hazelcast");

  /** The name in the table. */
  final String label;

  Rival(String label) {
    this.label = label;
  }

  boolean isRedis() {
    return this == JEDIS || this == LETTUCE;
  }

  static Rival of(String name) {
    return Arrays.stream(values())
        .filter(rival -> rival.option().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No such rival: " + name));
  }

  /** The name on a command line. */
  String option() {
    return name().toLowerCase(Locale.ROOT);
  }
}
