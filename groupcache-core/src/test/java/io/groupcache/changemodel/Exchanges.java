package io.groupcache.changemodel;

import static io.groupcache.changemodel.World.bit;
import static io.groupcache.changemodel.World.has;
import static io.groupcache.changemodel.World.name;

import io.groupcache.changemodel.Peer.Life;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Pulses, and what a peer does that slept or is new. An exchange is modelled as two steps, one for
 * what each of the two learns; the second may be lost.
 */
final class Exchanges implements Part {

  private final Set<Rule> rules;

  Exchanges(Set<Rule> rules) {
    this.rules = rules;
  }

  @Override
  public void stepsFrom(World world, Consumer<Step> steps) {
    for (int peer = 0; peer < World.PEERS; peer++) {
      boolean anybody = false;
      for (int other = 0; other < World.PEERS; other++) {
        if (canExchange(world, peer, other)) {
          anybody = true;
          learn(world, peer, other, steps);
        }
      }
      if (world.peers[peer].life == Life.JOINING && world.peers[peer].contacts != 0) {
        goOn(world, peer, false, steps);
      }
      if (world.isAsleep(peer) && !rules.contains(Rule.WOKEN_ASKS_FIRST)) {
        goOnUnasked(world, peer, steps);
      }
      boolean waits = world.peers[peer].life == Life.JOINING || world.isAsleep(peer);
      if (waits && !anybody && world.peers[peer].contacts == 0) {
        goOn(world, peer, true, steps);
      }
    }
  }

  private static boolean canExchange(World world, int peer, int other) {
    return peer != other
        && world.peers[peer].isUp()
        && world.saysItIsAwake(other)
        && world.canReach(peer, other)
        && (has(world.peers[peer].ring, other) || has(world.peers[other].ring, peer));
  }

  private void learn(World world, int peer, int other, Consumer<Step> steps) {
    Peer before = world.peers[peer];
    boolean letsWait = before.life == Life.JOINING || world.isAsleep(peer);
    int logged = 0;
    int dropped = 0;
    for (int change = 0; change < world.changes.size(); change++) {
      if (world.peers[other].knows[change].isInLog()) {
        logged |= bit(change);
      }
      if (world.hasDropped(world.peers[other], change)) {
        dropped |= bit(change);
      }
    }
    if (has(before.livingContacts, other) && !lacksOne(before, logged | dropped)) {
      return;
    }
    World next = world.copy();
    Knowing knowing = new Knowing(next, peer, rules);
    if (rules.contains(Rule.KNOWN_IS_COUNTED)) {
      // What is in the log is received; the rest of what was dropped has to be forgotten.
      knowing.log(logged);
      knowing.takeOverDropped(dropped);
    } else {
      knowing.claim(logged | dropped);
    }
    if (letsWait) {
      knowing.applyAll();
    }
    Peer learner = next.peerToChange(peer);
    learner.contacts |= bit(other);
    learner.livingContacts |= bit(other);
    learner.alone = false;
    steps.accept(
        new Step(
            () ->
                "%s%s exchanges with %s and has what it knows"
                    .formatted(name(peer), letsWait ? ", which lets all wait," : "", name(other)),
            next));
  }

  private static boolean lacksOne(Peer peer, int changes) {
    for (int change = 0; change < peer.knows.length; change++) {
      if (has(changes, change) && peer.knows[change] == Peer.Knowledge.UNKNOWN) {
        return true;
      }
    }
    return false;
  }

  /** Takes itself for a contact: only where a rule is left out. */
  private static void goOnUnasked(World world, int peer, Consumer<Step> steps) {
    World next = world.copy();
    next.peerToChange(peer).contacts = bit(peer);
    steps.accept(new Step(() -> "%s wakes and asks nobody".formatted(name(peer)), next));
  }

  private void goOn(World world, int peer, boolean alone, Consumer<Step> steps) {
    World next = world.copy();
    Peer goingOn = next.peerToChange(peer);
    goingOn.life = Life.UP;
    goingOn.alone = alone;
    if (alone) {
      new Knowing(next, peer, rules).forgetEverything();
    }
    steps.accept(
        new Step(
            () ->
                alone
                    ? "%s finds nobody awake, forgets what it holds and goes on alone"
                        .formatted(name(peer))
                    : "%s has exchanged and begins to keep values".formatted(name(peer)),
            next));
  }
}
