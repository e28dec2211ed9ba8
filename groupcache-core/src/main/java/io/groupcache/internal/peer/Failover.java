package io.groupcache.internal.peer;

import io.groupcache.GetContext;
import io.groupcache.PeerPicker;
import io.groupcache.ProtoGetter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key's way along the ring: its owner, then those who stand in for it, which are the same for
 * all peers, so that a key whose owner is down is still loaded once in the ring. In the end it is
 * loaded here, for which the second half of the time is left: a peer that has said that it loads
 * the key may take all of it, but none is asked anew. For one thread at a time.
 */
final class Failover {

  private final PeerPicker peers;
  private final ProtoGetter owner;
  private final String key;
  private final long ticket;
  private final GetContext context;
  private final long halfNanos;
  private final List<Throwable> failures = new ArrayList<>(0);
  private @Nullable Iterator<ProtoGetter> standIns;

  /** Begins at {@code owner}, within the time of {@code context}. */
  Failover(PeerPicker peers, ProtoGetter owner, String key, long ticket, GetContext context) {
    this.peers = peers;
    this.owner = owner;
    this.key = key;
    this.ticket = ticket;
    this.context = context;
    this.halfNanos = context.hasDeadline() ? context.remainingNanos() / 2 : 0;
  }

  String key() {
    return key;
  }

  /** What a cache wants to see with the value that comes. */
  long ticket() {
    return ticket;
  }

  /** Who is asked after {@code last}; null when it is nobody's turn but this peer's. */
  @Nullable ProtoGetter next(PeerOutcome.NoAnswer last) {
    failures.add(last.failure());
    if (!last.anotherPeerMayAnswer() || context.remainingNanos() <= halfNanos) {
      return null;
    }
    if (standIns == null) {
      // The ring may have changed meanwhile, so that who has failed is a stand-in of the next.
      standIns = peers.standIns(key).filter(standIn -> !standIn.equals(owner)).iterator();
    }
    return standIns.hasNext() ? standIns.next() : null;
  }

  /** The failure of the last resort, with those of the peers before it. */
  <E extends Throwable> E explained(E failure) {
    failures.forEach(failure::addSuppressed);
    return failure;
  }
}
