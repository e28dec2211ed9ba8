package io.groupcache.changemodel;

/**
 * A value under way: a load that a peer does for its own callers, where asker and answerer are the
 * same, or a question to another peer. Changed only while the next world is made.
 */
final class Flight {

  enum Phase {
    /** The question is written and not answered. */
    ASKED,
    /** The answerer runs the getter. */
    LOADING,
    /** The answer is on its way to the asker. */
    ANSWERED
  }

  int asker;
  final int answerer;
  Phase phase;

  /** The changes that the question carries, a bit each. */
  int carried;

  /** The changes of which the question says that the asker has dropped them from its log. */
  int carriedAsDropped;

  /** How many changes had been called when the load of the value began. */
  int version;

  boolean askersTicket;
  boolean canBeJoinedAtAsker;
  boolean answerersTicket;
  boolean canBeJoinedAtAnswerer;

  /** The last change that was complete when the last of the gets that wait for this began. */
  int awaited;

  private long code;

  Flight(int asker, int answerer, Phase phase) {
    this.asker = asker;
    this.answerer = answerer;
    this.phase = phase;
  }

  Flight(Flight other) {
    this(other.asker, other.answerer, other.phase);
    carried = other.carried;
    carriedAsDropped = other.carriedAsDropped;
    version = other.version;
    askersTicket = other.askersTicket;
    canBeJoinedAtAsker = other.canBeJoinedAtAsker;
    answerersTicket = other.answerersTicket;
    canBeJoinedAtAnswerer = other.canBeJoinedAtAnswerer;
    awaited = other.awaited;
  }

  boolean isLocal() {
    return asker == answerer;
  }

  boolean isJoinedByAskersGets() {
    return isLocal() ? canBeJoinedAtAnswerer : canBeJoinedAtAsker;
  }

  boolean hasTicketOf(int peer) {
    return (askersTicket && peer == asker) || (answerersTicket && peer == answerer);
  }

  boolean canBeJoinedAt(int peer) {
    return (canBeJoinedAtAsker && peer == asker) || (canBeJoinedAtAnswerer && peer == answerer);
  }

  /** All there is to it as a number: two flights with the same are the same. */
  @SuppressWarnings("EnumOrdinal") // compared within one run only
  long code() {
    if (code != 0) {
      return code;
    }
    code = asker + 1L;
    code = code * 3 + answerer;
    code = code * 3 + phase.ordinal();
    code = code * 8 + carried;
    code = code * 8 + carriedAsDropped;
    code = code * 4 + version;
    code = code * 4 + awaited;
    code = code * 2 + (askersTicket ? 1 : 0);
    code = code * 2 + (canBeJoinedAtAsker ? 1 : 0);
    code = code * 2 + (answerersTicket ? 1 : 0);
    code = code * 2 + (canBeJoinedAtAnswerer ? 1 : 0);
    return code;
  }
}
