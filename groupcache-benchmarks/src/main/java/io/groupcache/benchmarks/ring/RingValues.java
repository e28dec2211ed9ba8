package io.groupcache.benchmarks.ring;

import io.groupcache.ByteView;
import io.groupcache.Group;
import io.groupcache.PromotionPolicy;
import io.groupcache.benchmarks.visibility.SharedValues;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A ring of two peers whose getter reads a map, as if it were a database. A peer keeps all that it
 * gets from the other, as its rivals' local caches do.
 */
public final class RingValues implements SharedValues {

  private final Map<String, String> source = new ConcurrentHashMap<>();
  private final Ring ring =
      Ring.start(
          2,
          PromotionPolicy.oneIn(1),
          (context, key, dest) -> dest.setString(Objects.requireNonNull(source.get(key))),
          "groupcache.security.shared-secret=benchmark");
  private final Telling telling;

  private RingValues(Telling telling) {
    this.telling = telling;
  }

  /** Values whose keys are removed when they have changed. */
  public static RingValues removed() {
    return new RingValues((group, key, value) -> group.remove(key));
  }

  /** Values that are set to what they have changed to. */
  public static RingValues set() {
    return new RingValues((group, key, value) -> group.set(key, ByteView.of(value)));
  }

  @Override
  public void change(String key, String value) {
    source.put(key, value);
    telling.tell(ring.group(0), key, value);
  }

  @Override
  public String read(String key) {
    return ring.group(1).get(key).utf8();
  }

  @Override
  public void close() {
    ring.close();
  }

  /** How a group is told of a change. */
  private interface Telling {
    void tell(Group group, String key, String value);
  }
}
