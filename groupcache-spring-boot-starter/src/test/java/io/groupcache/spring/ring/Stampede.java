package io.groupcache.spring.ring;

import io.groupcache.Group;
import io.groupcache.Sinks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Many threads that ask at once, for a key each, which may be the same. */
final class Stampede {

  private final Group group;
  private final List<String> keys;

  Stampede(Group group, List<String> keys) {
    this.group = group;
    this.keys = keys;
  }

  /** The values that the threads got, a line each, in hexadecimal. */
  String run() throws Exception {
    int threads = keys.size();
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<String>> gets = new ArrayList<>();
      for (String key : keys) {
        gets.add(
            executor.submit(() -> {
              together.await(30, TimeUnit.SECONDS);
              return Hex.encode(group.get(key, Sinks.string()));
            }));
      }
      List<String> values = new ArrayList<>();
      for (Future<String> get : gets) {
        values.add(get.get(60, TimeUnit.SECONDS));
      }
      return String.join("\n", values);
    } finally {
      executor.shutdownNow();
    }
  }
}
