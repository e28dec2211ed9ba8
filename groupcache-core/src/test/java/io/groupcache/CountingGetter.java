package io.groupcache;

import java.util.concurrent.atomic.AtomicInteger;

/** A getter that counts its calls. */
final class CountingGetter implements Getter {

  private final AtomicInteger calls = new AtomicInteger();
  private final Getter getter;

  CountingGetter(Getter getter) {
    this.getter = getter;
  }

  /** Gives each key the value {@code prefix} + key. */
  static CountingGetter prefixing(String prefix) {
    return new CountingGetter((context, key, dest) -> dest.setString(prefix + key));
  }

  int calls() {
    return calls.get();
  }

  @Override
  public void get(GetContext context, String key, Sink dest) throws Exception {
    calls.incrementAndGet();
    getter.get(context, key, dest);
  }
}
