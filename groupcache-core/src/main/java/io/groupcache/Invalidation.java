package io.groupcache;

import java.util.List;

/**
 * How far a change of values has got when the call that made it returned: a snapshot. Immutable.
 */
public final class Invalidation {

  private final boolean complete;
  private final List<String> pendingPeers;

  Invalidation(boolean complete, List<String> pendingPeers) {
    this.complete = complete;
    this.pendingPeers = List.copyOf(pendingPeers);
  }

  /**
   * Whether every peer has done it: then no get that begins on any of them gives a value whose load
   * began before the call. Never where the {@link PeerPicker} does not say which peers there are.
   */
  public boolean isComplete() {
    return complete;
  }

  /**
   * The base URLs of the peers that have yet to hear of it, sorted: they will, within seconds of
   * their being reachable. A peer of golang/groupcache stays pending, because it knows no removal.
   */
  public List<String> pendingPeers() {
    return pendingPeers;
  }

  @Override
  public String toString() {
    return complete ? "complete" : "pending on " + pendingPeers;
  }
}
