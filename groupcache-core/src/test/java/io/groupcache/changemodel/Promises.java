package io.groupcache.changemodel;

import static io.groupcache.changemodel.World.has;

import io.groupcache.changemodel.Flight.Phase;
import io.groupcache.changemodel.Peer.Knowledge;
import org.jspecify.annotations.Nullable;

/** Looks whether the promises hold in a world. */
final class Promises {

  private Promises() {}

  /** The promise that is broken, or null. */
  static @Nullable Promise brokenIn(World world) {
    if (world.broken != null) {
      return world.broken;
    }
    int complete = world.lastComplete();
    for (int index = 0; index < World.PEERS; index++) {
      Peer peer = world.peers[index];
      if (peer.cached == Peer.NOTHING) {
        continue;
      }
      if (peer.cached < complete && world.keepsPromises(index)) {
        return Promise.READ_AFTER_REMOVAL;
      }
      for (int change = 0; change < world.changes.size(); change++) {
        if (hasDroppedValues(peer.knows[change]) && peer.cached <= change) {
          return Promise.NO_RESURRECTION;
        }
      }
    }
    for (Flight flight : world.flights) {
      if (flight.phase == Phase.LOADING
          && flight.canBeJoinedAtAnswerer
          && flight.version < complete
          && world.keepsPromises(flight.answerer)) {
        return Promise.READ_AFTER_REMOVAL;
      }
    }
    return null;
  }

  /** A change that was only claimed is left out: what matters is what comes of the claim. */
  private static boolean hasDroppedValues(Knowledge knowledge) {
    return switch (knowledge) {
      case UNKNOWN, LOGGED, CLAIMED -> false;
      case DROPPED_VALUES, APPLIED, NOT_IN_LOG -> true;
    };
  }

  /**
   * Whether all peers know a change that are on the ring of the author or of a process that
   * acknowledged it. A process that began after the call has nothing to know.
   */
  static boolean isKnownOnTheRings(World world, int index) {
    Change change = world.changes.get(index);
    for (int teller = 0; teller < World.PEERS; teller++) {
      boolean counts =
          teller == change.author || change.acknowledged[teller] == world.peers[teller].process;
      for (int peer = 0; counts && peer < World.PEERS; peer++) {
        Peer on = world.peers[peer];
        if (has(world.peers[teller].ring, peer)
            && on.isUp()
            && on.bornAfter <= index
            && !on.knows[index].isApplied()) {
          return false;
        }
      }
    }
    return true;
  }
}
