package io.groupcache.changemodel;

import java.util.Arrays;

/**
 * What one peer has: its process, its view of the ring, its contacts, its cache and what it knows.
 * Changed only while the next world is made.
 */
final class Peer {

  /** What the process at the peer's URL is doing. */
  enum Life {
    DOWN,
    /** A new process that has not exchanged with anybody yet. */
    JOINING,
    UP
  }

  /** How far a peer is with one change. */
  enum Knowledge {
    UNKNOWN,
    /** In the log; the cache still holds what it held, and tickets are good. */
    LOGGED,
    /** The cache is empty and the tickets void; flights under way can still be joined. */
    DROPPED_VALUES,
    APPLIED,
    /** Applied or forgotten, and no longer in the log: said as a number only. */
    NOT_IN_LOG,
    /** Counted without having been received: only where a rule is left out. */
    CLAIMED;

    boolean isInLog() {
      return this == LOGGED || this == DROPPED_VALUES || this == APPLIED;
    }

    boolean isApplied() {
      return this == APPLIED || this == NOT_IN_LOG || this == CLAIMED;
    }
  }

  static final int NOTHING = -1;

  Life life = Life.UP;

  /** Which process this is at its URL: 1 for the first, 2 for the one that came after a crash. */
  int process = 1;

  /** How many changes had been called when the process began. */
  int bornAfter;

  /** Nobody awake answered after a sleep, or when this process began. */
  boolean alone;

  /** The peers on this peer's ring, a bit each; itself is always on it. */
  int ring;

  /** The peers with which there was contact less than L ago. */
  int contacts;

  /** Those of them whose process, with which the contact was, is still there. */
  int livingContacts;

  /** How many changes had been called when the load of the value in the cache began. */
  int cached;

  final Knowledge[] knows;

  private long code;

  Peer(int ring, int changes) {
    this.ring = ring;
    knows = new Knowledge[changes];
    Arrays.fill(knows, Knowledge.UNKNOWN);
  }

  Peer(Peer other) {
    life = other.life;
    process = other.process;
    bornAfter = other.bornAfter;
    alone = other.alone;
    ring = other.ring;
    contacts = other.contacts;
    livingContacts = other.livingContacts;
    cached = other.cached;
    knows = other.knows.clone();
  }

  /** All there is to it as a number: two with the same are the same. */
  @SuppressWarnings("EnumOrdinal") // compared within one run only
  long code() {
    if (code == 0) {
      code = life.ordinal() + 1L;
      code = code * 4 + process;
      code = code * 4 + bornAfter;
      code = code * 2 + (alone ? 1 : 0);
      code = code * 8 + ring;
      code = code * 8 + contacts;
      code = code * 8 + livingContacts;
      code = code * 8 + cached + 1;
      for (Knowledge knowledge : knows) {
        code = code * 8 + knowledge.ordinal();
      }
    }
    return code;
  }

  boolean isUp() {
    return life != Life.DOWN;
  }
}
