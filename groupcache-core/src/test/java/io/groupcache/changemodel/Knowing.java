package io.groupcache.changemodel;

import static io.groupcache.changemodel.World.has;

import io.groupcache.changemodel.Peer.Knowledge;
import java.util.Set;

/** How a peer comes to know changes: used while the next world is made. */
final class Knowing {

  private final World next;
  private final int index;
  private final Peer peer;
  private final Set<Rule> rules;

  Knowing(World next, int index, Set<Rule> rules) {
    this.next = next;
    this.index = index;
    this.peer = next.peerToChange(index);
    this.rules = rules;
  }

  /** Puts changes that are new to it into its log; they are applied in later steps. */
  void log(int changes) {
    for (int change = 0; change < next.changes.size(); change++) {
      if (has(changes, change) && peer.knows[change] == Knowledge.UNKNOWN) {
        peer.knows[change] = Knowledge.LOGGED;
      }
    }
    if (next.left.appliedAtOnce()) {
      applyAll();
    }
  }

  /** Takes what is in its log one step further, and says whether there was such a step. */
  boolean applyOneStep(int change) {
    switch (peer.knows[change]) {
      case LOGGED -> {
        peer.knows[change] = Knowledge.DROPPED_VALUES;
        peer.cached = Peer.NOTHING;
        next.voidTickets(index);
      }
      case DROPPED_VALUES -> {
        peer.knows[change] = Knowledge.APPLIED;
        if (rules.contains(Rule.FLIGHTS_ARE_FORGOTTEN)) {
          next.forgetFlights(index);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Applies all that is in its log, as a peer does that lets everybody wait meanwhile. */
  void applyAll() {
    for (int change = 0; change < next.changes.size(); change++) {
      while (applyOneStep(change)) {}
    }
  }

  /** Forgets everything if another has dropped a change that this peer lacks. */
  void takeOverDropped(int changes) {
    boolean lacks = false;
    for (int change = 0; change < next.changes.size(); change++) {
      if (has(changes, change) && peer.knows[change] == Knowledge.UNKNOWN) {
        lacks = true;
        peer.knows[change] =
            rules.contains(Rule.DROPPED_CHANGES_STAY_SAID)
                ? Knowledge.NOT_IN_LOG
                : Knowledge.CLAIMED;
      }
    }
    if (lacks) {
      forgetEverything();
    }
  }

  /** Takes another's word for it. */
  void claim(int changes) {
    for (int change = 0; change < next.changes.size(); change++) {
      if (has(changes, change) && peer.knows[change] == Knowledge.UNKNOWN) {
        peer.knows[change] = Knowledge.CLAIMED;
      }
    }
  }

  void forgetEverything() {
    peer.cached = Peer.NOTHING;
    next.forgetFlights(index);
    if (rules.contains(Rule.FORGETTING_VOIDS_TICKETS)) {
      next.voidTickets(index);
    }
  }
}
