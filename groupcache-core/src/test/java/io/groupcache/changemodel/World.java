package io.groupcache.changemodel;

import io.groupcache.changemodel.Peer.Knowledge;
import io.groupcache.changemodel.Peer.Life;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All there is at one moment: the peers, the changes that have been called, the flights under way,
 * and how much may still happen. A step copies it, copies what it changes, and never touches either
 * again.
 *
 * <p>The source of truth changes in the moment in which a change is called, so the version that a
 * load reads is the number of changes that had been called when it began.
 */
final class World {

  static final int PEERS = 3;

  final Peer[] peers;
  final List<Change> changes;
  final List<Flight> flights;
  Scope left;

  /** The peer that is not in the pair that can't reach each other, or -1 if all can. */
  int apartFromCut = -1;

  /** What a step broke that can't be seen in the world afterwards. */
  @Nullable Promise broken;

  private long fingerprint;

  /** Three peers that know each other, each of which holds the value. */
  World(Scope scope) {
    left = scope;
    peers = new Peer[PEERS];
    changes = new ArrayList<>();
    flights = new ArrayList<>();
    for (int i = 0; i < PEERS; i++) {
      peers[i] = new Peer(bit(0) | bit(1) | bit(2), scope.changes());
      peers[i].contacts = peers[i].ring & ~bit(i);
      peers[i].livingContacts = peers[i].contacts;
    }
  }

  private World(World other) {
    left = other.left;
    apartFromCut = other.apartFromCut;
    peers = other.peers.clone();
    changes = new ArrayList<>(other.changes);
    flights = new ArrayList<>(other.flights);
  }

  /** One of the peers, to be changed in a world that was copied for a step. */
  Peer peerToChange(int index) {
    Peer copy = new Peer(peers[index]);
    peers[index] = copy;
    return copy;
  }

  /** One of the changes, to be changed in a world that was copied for a step. */
  Change changeToChange(int index) {
    Change copy = new Change(changes.get(index));
    changes.set(index, copy);
    return copy;
  }

  /** One of the flights, to be changed in a world that was copied for a step. */
  Flight flightToChange(int index) {
    Flight copy = new Flight(flights.get(index));
    flights.set(index, copy);
    return copy;
  }

  World copy() {
    return new World(this);
  }

  static int bit(int index) {
    return 1 << index;
  }

  static boolean has(int bits, int index) {
    return (bits & bit(index)) != 0;
  }

  static char name(int peer) {
    return (char) ('A' + peer);
  }

  /** The last change, from 1 on, that is complete; 0 for none. */
  int lastComplete() {
    int last = changes.size();
    while (last > 0 && !changes.get(last - 1).complete) {
      last--;
    }
    return last;
  }

  boolean canReach(int one, int other) {
    return apartFromCut < 0 || one == apartFromCut || other == apartFromCut;
  }

  /** Had no contact with anybody awake for L, although there are others on its ring. */
  boolean isAsleep(int index) {
    Peer peer = peers[index];
    return peer.life == Life.UP && peer.contacts == 0 && !peer.alone && peer.ring != bit(index);
  }

  /** What a peer says of itself in an exchange. */
  boolean saysItIsAwake(int index) {
    return peers[index].life == Life.UP && !isAsleep(index);
  }

  /** Answers its callers and other peers, and that by the promises: neither alone nor asleep. */
  boolean keepsPromises(int index) {
    Peer peer = peers[index];
    boolean cutOff = peer.life == Life.UP && peer.contacts == 0;
    return peer.isUp() && !cutOff && !peer.alone;
  }

  /** Whether a peer has dropped a change, or a later one of its author, from its log. */
  boolean hasDropped(Peer peer, int change) {
    for (int later = change; later < changes.size(); later++) {
      if (peer.knows[later] == Knowledge.NOT_IN_LOG
          && changes.get(later).isBySameAuthorAs(changes.get(change))) {
        return true;
      }
    }
    return false;
  }

  void voidTickets(int peer) {
    for (int i = 0; i < flights.size(); i++) {
      if (flights.get(i).hasTicketOf(peer)) {
        Flight flight = flightToChange(i);
        flight.askersTicket &= peer != flight.asker;
        flight.answerersTicket &= peer != flight.answerer;
      }
    }
  }

  void forgetFlights(int peer) {
    for (int i = 0; i < flights.size(); i++) {
      if (flights.get(i).canBeJoinedAt(peer)) {
        Flight flight = flightToChange(i);
        flight.canBeJoinedAtAsker &= peer != flight.asker;
        flight.canBeJoinedAtAnswerer &= peer != flight.answerer;
      }
    }
  }

  /** A number that stands for this world; two worlds with the same are taken for the same. */
  long fingerprint() {
    if (fingerprint != 0) {
      return fingerprint;
    }
    long hash = 0;
    for (Peer peer : peers) {
      hash = mix(hash, peer.code());
    }
    for (Change change : changes) {
      hash = mix(hash, change.code());
    }
    long inAnyOrder = 0;
    for (Flight flight : flights) {
      inAnyOrder += mix(1, flight.code());
    }
    hash = mix(hash, inAnyOrder);
    long rest = apartFromCut + 1L;
    rest = rest * 8 + left.flights();
    rest = rest * 8 + left.crashes();
    rest = rest * 8 + left.sleeps();
    rest = rest * 8 + left.silences();
    rest = rest * 8 + left.departures();
    rest = rest * 8 + left.drops();
    rest = rest * 2 + (broken == null ? 0 : 1);
    fingerprint = mix(hash, rest);
    return fingerprint;
  }

  private static long mix(long hash, long code) {
    long mixed = (hash ^ code) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 29);
  }
}
