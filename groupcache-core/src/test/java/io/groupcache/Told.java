package io.groupcache;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** What a get of many keys has told so far, in its order; another thread can wait for it. */
final class Told implements ResultHandler<GetResult> {

  private final LinkedBlockingQueue<String> keys = new LinkedBlockingQueue<>();
  private final Map<String, RuntimeException> failures = new LinkedHashMap<>();

  /** One that does something with each value, and nothing with failures. */
  static ResultHandler<GetResult> values(BiConsumer<String, GetResult> each) {
    return new ResultHandler<>() {
      @Override
      public void onValue(String key, GetResult value) {
        each.accept(key, value);
      }

      @Override
      public void onFailure(String key, RuntimeException failure) {}
    };
  }

  /** The next key that is told of: with a {@code !} when it has failed. */
  String next() throws InterruptedException {
    String key = keys.poll(20, TimeUnit.SECONDS);
    if (key == null) {
      throw new AssertionError("Nothing more was told");
    }
    return key;
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  synchronized Map<String, RuntimeException> failures() {
    return failures;
  }

  @Override
  public void onValue(String key, GetResult value) {
    keys.add(key);
  }

  @Override
  public synchronized void onFailure(String key, RuntimeException failure) {
    failures.put(key, failure);
    keys.add(key + "!");
  }
}
