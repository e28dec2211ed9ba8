package io.groupcache.changemodel;

import static io.groupcache.changemodel.World.bit;
import static io.groupcache.changemodel.World.has;
import static io.groupcache.changemodel.World.name;

import io.groupcache.changemodel.Flight.Phase;
import io.groupcache.changemodel.Peer.Knowledge;
import io.groupcache.changemodel.Peer.Life;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What goes wrong: crashes, restarts, sleep, silence, rings that differ, cut connections, full
 * logs.
 */
final class Faults implements Part {

  @Override
  public void stepsFrom(World world, Consumer<Step> steps) {
    Scope left = world.left;
    for (int peer = 0; peer < World.PEERS; peer++) {
      if (left.crashes() > 0 && world.peers[peer].isUp() && world.peers[peer].process == 1) {
        crash(world, peer, steps);
      }
      if (world.peers[peer].life == Life.DOWN) {
        restart(world, peer, steps);
      }
      if (left.cuts() > 0 && world.apartFromCut < 0) {
        cut(world, peer, steps);
      }
      if (left.sleeps() > 0 && world.saysItIsAwake(peer) && world.peers[peer].contacts != 0) {
        sleep(world, peer, steps);
      }
      for (int other = 0; other < World.PEERS; other++) {
        if (left.silences() > 0
            && world.peers[peer].life == Life.UP
            && has(world.peers[peer].contacts, other)) {
          silence(world, peer, other, steps);
        }
        if (left.departures() > 0 && peer != other && has(world.peers[peer].ring, other)) {
          depart(world, peer, other, steps);
        }
      }
      for (int change = 0; change < world.changes.size(); change++) {
        if (left.drops() > 0 && world.peers[peer].knows[change] == Knowledge.APPLIED) {
          drop(world, peer, change, steps);
        }
      }
    }
  }

  /** What the process held is gone; what it loads for one that has gone is kept there. */
  private static void crash(World world, int index, Consumer<Step> steps) {
    World next = world.copy();
    next.left = next.left.withCrashes(next.left.crashes() - 1);
    for (int other = 0; other < World.PEERS; other++) {
      next.peerToChange(other).livingContacts &= ~bit(index);
    }
    Peer peer = next.peerToChange(index);
    peer.life = Life.DOWN;
    peer.alone = false;
    peer.contacts = 0;
    peer.livingContacts = 0;
    peer.cached = Peer.NOTHING;
    Arrays.fill(peer.knows, Knowledge.UNKNOWN);
    next.flights.removeIf(flight ->
        flight.answerer == index || (flight.asker == index && flight.phase != Phase.LOADING));
    for (int i = 0; i < next.flights.size(); i++) {
      if (next.flights.get(i).asker == index) {
        Flight flight = next.flightToChange(i);
        flight.asker = flight.answerer;
        flight.askersTicket = false;
        flight.canBeJoinedAtAsker = false;
        flight.awaited = 0;
      }
    }
    steps.accept(new Step(() -> "%s crashes".formatted(name(index)), next));
  }

  private static void restart(World world, int index, Consumer<Step> steps) {
    World next = world.copy();
    Peer peer = next.peerToChange(index);
    peer.life = Life.JOINING;
    peer.process = 2;
    peer.bornAfter = next.changes.size();
    peer.ring = bit(0) | bit(1) | bit(2);
    steps.accept(
        new Step(() -> "a new process begins under the URL of %s".formatted(name(index)), next));
  }

  private static void cut(World world, int apart, Consumer<Step> steps) {
    World next = world.copy();
    next.left = next.left.withCuts(next.left.cuts() - 1);
    next.apartFromCut = apart;
    steps.accept(
        new Step(
            () -> "from here on only %s can be reached by both others".formatted(name(apart)),
            next));
  }

  /** Its messages wait, and may never arrive; its flights may go on once it has woken. */
  private static void sleep(World world, int index, Consumer<Step> steps) {
    World next = world.copy();
    next.left = next.left.withSleeps(next.left.sleeps() - 1);
    Peer peer = next.peerToChange(index);
    peer.contacts = 0;
    peer.livingContacts = 0;
    steps.accept(
        new Step(() -> "%s had no contact with anybody for L".formatted(name(index)), next));
  }

  /**
   * A peer has had no contact with another for L. Whoever was asked counts from the end of an
   * exchange and whoever asks from its beginning, so the other no longer names it after this.
   */
  private static void silence(World world, int index, int other, Consumer<Step> steps) {
    World next = world.copy();
    next.left = next.left.withSilences(next.left.silences() - 1);
    Peer peer = next.peerToChange(index);
    peer.contacts &= ~bit(other);
    peer.livingContacts &= ~bit(other);
    steps.accept(
        new Step(
            () ->
                "%s had no contact with %s for L%s"
                    .formatted(
                        name(index), name(other), next.isAsleep(index) ? " and is asleep" : ""),
            next));
  }

  private static void depart(World world, int index, int other, Consumer<Step> steps) {
    World next = world.copy();
    next.left = next.left.withDepartures(next.left.departures() - 1);
    next.peerToChange(index).ring &= ~bit(other);
    steps.accept(
        new Step(() -> "the ring of %s loses %s".formatted(name(index), name(other)), next));
  }

  private static void drop(World world, int index, int change, Consumer<Step> steps) {
    World next = world.copy();
    next.left = next.left.withDrops(next.left.drops() - 1);
    next.peerToChange(index).knows[change] = Knowledge.NOT_IN_LOG;
    steps.accept(
        new Step(() -> "%s drops change %d from its log".formatted(name(index), change + 1), next));
  }
}
