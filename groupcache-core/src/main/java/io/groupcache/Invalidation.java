package io.groupcache;

import java.util.List;

/**
 * How far a change of values has got when the call that made it returned: a snapshot. Immutable.
 */
public final class Invalidation {

  private final boolean complete;
  private final List<String> pendingPeers;
  private final List<String> pendingForGood;

  Invalidation(boolean complete, List<String> pendingPeers, List<String> pendingForGood) {
    this.complete = complete;
    this.pendingPeers = List.copyOf(pendingPeers);
    this.pendingForGood = List.copyOf(pendingForGood);
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
   * their being reachable, but for those that are {@linkplain #pendingForGood pending for good}.
   */
  public List<String> pendingPeers() {
    return pendingPeers;
  }

  /**
   * Those of the pending peers that know no change, as peers of golang/groupcache don't: what they
   * hold stays as it is until they evict it.
   */
  public List<String> pendingForGood() {
    return pendingForGood;
  }

  @Override
  public String toString() {
    return complete ? "complete" : "pending on " + pendingPeers;
  }
}
