package io.groupcache.changemodel;

import static io.groupcache.changemodel.World.bit;
import static io.groupcache.changemodel.World.has;
import static io.groupcache.changemodel.World.name;

import io.groupcache.changemodel.Peer.Knowledge;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Removals: the source of truth changes, the author applies the change and tells the others, each
 * by a message of its own, which may take any time or never arrive. Peers are alike, so the first
 * change is A's.
 */
final class Changes implements Part {

  private final Set<Rule> rules;

  Changes(Set<Rule> rules) {
    this.rules = rules;
  }

  @Override
  public void stepsFrom(World world, Consumer<Step> steps) {
    if (world.changes.size() < world.left.changes()) {
      for (int author = 0; author < (world.changes.isEmpty() ? 1 : World.PEERS); author++) {
        call(world, author, steps);
      }
    }
    for (int change = 0; change < world.changes.size(); change++) {
      for (int peer = 0; peer < World.PEERS; peer++) {
        apply(world, change, peer, steps);
        tell(world, change, peer, steps);
        acknowledge(world, change, peer, steps);
      }
    }
  }

  private void call(World world, int author, Consumer<Step> steps) {
    if (!world.peers[author].isUp()) {
      return;
    }
    World next = world.copy();
    Change change = new Change(author, next.peers[author].process);
    next.changes.add(change);
    int number = next.changes.size();
    new Knowing(next, author, rules).log(bit(number - 1));
    want(next, change, author, true);
    completeIfAllHaveAcknowledged(next, number - 1);
    steps.accept(new Step(() -> "%s calls change %d".formatted(name(author), number), next));
  }

  /**
   * Has the author wait for those whom a peer, the author itself or one that acknowledges, names.
   */
  private void want(World next, Change change, int naming, boolean ring) {
    for (int peer = 0; peer < World.PEERS; peer++) {
      if (peer == change.author || peer == naming) {
        continue;
      }
      Peer named = next.peers[peer];
      int process = 0;
      if (ring && has(next.peers[naming].ring, peer)) {
        process = 1;
      }
      if (has(named.livingContacts, naming) && rules.contains(Rule.CONTACTS_ARE_NAMED)) {
        process = rules.contains(Rule.CONTACTS_ARE_PROCESSES) ? named.process : 1;
      }
      change.wanted[peer] = Math.max(change.wanted[peer], process);
    }
  }

  private void apply(World world, int change, int peer, Consumer<Step> steps) {
    if (isBeingApplied(world.peers[peer].knows[change])) {
      World next = world.copy();
      new Knowing(next, peer, rules).applyOneStep(change);
      boolean applied = next.peers[peer].knows[change] == Knowledge.APPLIED;
      if (applied && next.changes.get(change).author == peer) {
        completeIfAllHaveAcknowledged(next, change);
      }
      steps.accept(
          new Step(
              () ->
                  (applied
                          ? "%s forgets the flights under way, for change %d"
                          : "%s drops its value and voids its tickets, for change %d")
                      .formatted(name(peer), change + 1),
              next));
    }
  }

  private static boolean isBeingApplied(Knowledge knowledge) {
    return knowledge == Knowledge.LOGGED || knowledge == Knowledge.DROPPED_VALUES;
  }

  private void tell(World world, int change, int peer, Consumer<Step> steps) {
    if (reaches(world, change, peer) && world.peers[peer].knows[change] == Knowledge.UNKNOWN) {
      World next = world.copy();
      new Knowing(next, peer, rules).log(bit(change));
      steps.accept(
          new Step(() -> "%s is told of change %d".formatted(name(peer), change + 1), next));
    }
  }

  private void acknowledge(World world, int change, int peer, Consumer<Step> steps) {
    Knowledge knowledge = world.peers[peer].knows[change];
    boolean knows =
        rules.contains(Rule.ACKNOWLEDGED_WHEN_APPLIED)
            ? knowledge.isApplied()
            : knowledge != Knowledge.UNKNOWN;
    if (!knows || !reaches(world, change, peer)) {
      return;
    }
    World next = world.copy();
    Change acknowledged = next.changeToChange(change);
    acknowledged.acknowledged[peer] = next.peers[peer].process;
    want(next, acknowledged, peer, rules.contains(Rule.RING_IS_NAMED));
    completeIfAllHaveAcknowledged(next, change);
    boolean complete = next.changes.get(change).complete;
    steps.accept(
        new Step(
            () ->
                "%s acknowledges change %d%s"
                    .formatted(name(peer), change + 1, complete ? ", which is complete" : ""),
            next));
  }

  /**
   * Whether the author has applied it and still waits for a peer, and the two can reach each other.
   */
  private static boolean reaches(World world, int index, int peer) {
    Change change = world.changes.get(index);
    Peer author = world.peers[change.author];
    return change.waitsFor(peer)
        && world.peers[peer].isUp()
        && author.isUp()
        && author.process == change.authorsProcess
        && author.knows[index].isApplied()
        && world.canReach(change.author, peer);
  }

  private static void completeIfAllHaveAcknowledged(World next, int index) {
    Change change = next.changeToChange(index);
    Peer author = next.peers[change.author];
    change.complete = author.knows[index].isApplied() && change.isAcknowledgedByAll();
    if (change.complete && !Promises.isKnownOnTheRings(next, index)) {
      next.broken = Promise.COMPLETE_IS_KNOWN;
    }
  }
}
