package io.groupcache.spring.http.server;

import io.groupcache.spring.http.wire.PeerError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.IntSupplier;

/**
 * Bounds what those can have forgotten here who have not proved to be peers, by what they tell or
 * by what their questions carry. Safe for use from many threads.
 */
final class UnprovenChanges {

  /** Removing costs little, and loading anew much. */
  private static final int KEYS_PER_SECOND = 10_000;

  private final PeerProof proof;
  private final RateLimit limit = new RateLimit(KEYS_PER_SECOND, System::nanoTime);

  UnprovenChanges(PeerProof proof) {
    this.proof = proof;
  }

  /**
   * Whether so many keys may be forgotten for whoever sends {@code request}.
   *
   * @param keys is asked of those only who have not proved who they are
   */
  boolean admit(HttpServletRequest request, IntSupplier keys) {
    if (proof.isGiven(request)) {
      return true;
    }
    int count = keys.getAsInt();
    return count == 0 || limit.admits(count);
  }

  static void refuse(HttpServletResponse response) throws IOException {
    Refusal.send(
        response,
        PeerError.FORBIDDEN,
        "More than "
            + KEYS_PER_SECOND
            + " keys a second are removed for peers only that show a secret or a certificate");
  }
}
