package io.groupcache.spring.http.wire;

import io.groupcache.PeerException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** A request to a peer that failed, and what that says about the peer. */
public final class PeerFailure extends PeerException {

  private static final long serialVersionUID = 1L;

  private final Health health;

  /** Makes a failure; what the peer said may be in {@code message}, which is made fit for a log. */
  public PeerFailure(
      String message, @Nullable Throwable cause, boolean anotherPeerMayAnswer, Health health) {
    super(LogText.oneLine(message), cause, anotherPeerMayAnswer);
    this.health = health;
  }

  /**
   * A request that broke off.
   *
   * @param failure what its sender got
   * @param reason what that says is wrong
   * @param mayBeLate whether it says nothing about the peer that it was late: it had begun to
   *     answer, say, or was given little time
   */
  public static PeerFailure ofRequest(
      String peer, Exception failure, Throwable reason, boolean mayBeLate) {
    boolean late = reason instanceof InterruptedIOException;
    boolean says = !Thread.currentThread().isInterrupted() && !(late && mayBeLate);
    return new PeerFailure(
        "The request to peer " + peer + " failed: " + reason,
        failure,
        true,
        says ? Health.ILL : Health.UNKNOWN);
  }

  public Health health() {
    return health;
  }

  /** How a peer is that has not answered with a value. */
  public enum Health {
    /** It answered as it should: this very request can't have a value. */
    WELL,
    /** It could not be reached, or answered as no peer should. */
    ILL,
    /** It was not given the time, or not asked at all. */
    UNKNOWN
  }
}
