package io.groupcache.internal;

import io.groupcache.CacheType;
import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.internal.cache.CachePair;
import io.groupcache.internal.cache.Held;
import io.groupcache.internal.cache.TimePolicy;
import io.groupcache.internal.cache.Version;
import io.groupcache.internal.change.Changeable;
import io.groupcache.internal.load.LocalLoads;
import io.groupcache.internal.peer.PeerLoads;
import io.groupcache.internal.peer.SentValue;
import java.util.function.BooleanSupplier;

/** What changes do to a group: its caches forget, and nobody joins what is under way. */
public final class ChangeableGroup implements Changeable {

  private final String version;
  private final CommonSettings settings;
  private final TimePolicy times;
  private final CachePair caches;
  private final LocalLoads localLoads;
  private final PeerLoads peerLoads;
  private volatile boolean changed;

  /**
   * Makes that of the group which has these.
   *
   * @param version of its values; empty where it has none
   */
  public ChangeableGroup(
      String version,
      CommonSettings settings,
      TimePolicy times,
      CachePair caches,
      LocalLoads localLoads,
      PeerLoads peerLoads) {
    this.version = version;
    this.settings = settings;
    this.times = times;
    this.caches = caches;
    this.localLoads = localLoads;
    this.peerLoads = peerLoads;
  }

  // First the caches, then the loads: one that begins in between has a ticket that is good.

  @Override
  public void change(String key, Version change) {
    changed = true;
    caches.change(key, change);
    forgetLoads(key);
  }

  @Override
  public boolean reads(String otherVersion) {
    return otherVersion.equals(version);
  }

  @Override
  public void set(String key, GetResponse value, Version change, BooleanSupplier isLatest) {
    changed = true;
    caches.set(key, Held.set(SentValue.held(value, times), change), change, isLatest);
    forgetLoads(key);
  }

  @Override
  public void changeAll() {
    changed = true;
    caches.changeAll();
    localLoads.forgetAll();
    peerLoads.forgetAll();
  }

  @Override
  public boolean mayChange() {
    return changed || times.isTimed() || caches.isTimed();
  }

  @Override
  public void hide(boolean hidden) {
    if (hidden) {
      caches.hide();
    } else {
      caches.show();
    }
  }

  @Override
  public void keep(boolean keeps) {
    caches.keep(keeps);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // a ring has one way to each peer
  public void forgetKeysOf(ProtoGetter owner) {
    caches.removeIf(CacheType.MAIN, (key, held) -> settings.peers().pickPeer(key) == owner);
  }

  @Override
  public void sweep() {
    caches.sweep(times.staleIfError());
  }

  private void forgetLoads(String key) {
    localLoads.forget(key);
    peerLoads.forget(key);
  }
}
