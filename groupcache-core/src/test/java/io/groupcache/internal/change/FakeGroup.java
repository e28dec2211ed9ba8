package io.groupcache.internal.change;

import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.internal.cache.Version;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** A group that remembers what was done to it. */
final class FakeGroup implements Changeable {

  private final List<String> done = new CopyOnWriteArrayList<>();
  private final boolean mayChange;

  FakeGroup(boolean mayChange) {
    this.mayChange = mayChange;
  }

  /** What has been done: a key, {@code key=value}, or {@code *} for all keys. */
  List<String> done() {
    return done;
  }

  @Override
  public boolean reads(String version) {
    return true;
  }

  @Override
  public void change(String key, Version change) {
    done.add(key);
  }

  @Override
  public void set(String key, GetResponse value, Version change, BooleanSupplier isLatest) {
    done.add(key + (isLatest.getAsBoolean() ? "=" + value.getValue().toStringUtf8() : ""));
  }

  @Override
  public void changeAll() {
    done.add("*");
  }

  @Override
  public boolean mayChange() {
    return mayChange;
  }

  @Override
  public void hide(boolean hidden) {}

  @Override
  public void keep(boolean keeps) {}

  @Override
  public void forgetKeysOf(ProtoGetter owner) {}

  @Override
  public void sweep() {}
}
