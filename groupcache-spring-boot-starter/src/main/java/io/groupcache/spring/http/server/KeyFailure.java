package io.groupcache.spring.http.server;

import io.groupcache.DeadlineExceededException;
import io.groupcache.GroupCacheException;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.spring.http.wire.PeerError;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a peer is told of a key that it gets no value of.
 *
 * @param error which; null where it is not this key's last word, and no code says so
 * @param sentence the same for people
 */
record KeyFailure(@Nullable PeerError error, String sentence) {

  /**
   * What a failed get comes to.
   *
   * @param loadFailed says what is told of a getter's failure
   * @throws RuntimeException the failure, when it is none that a get has
   */
  static KeyFailure of(RuntimeException failure, Function<LoadException, String> loadFailed) {
    String sentence = String.valueOf(failure.getMessage());
    if (failure instanceof IllegalArgumentException) { // of the time-out, or the key, that is
      return new KeyFailure(PeerError.BAD_REQUEST, sentence);
    } else if (failure instanceof DeadlineExceededException) {
      return new KeyFailure(PeerError.DEADLINE_EXCEEDED, sentence);
    } else if (failure instanceof KeyNotFoundException) {
      return new KeyFailure(PeerError.KEY_NOT_FOUND, sentence);
    } else if (failure instanceof LoadException load) {
      return new KeyFailure(PeerError.LOAD_FAILED, loadFailed.apply(load));
    } else if (failure instanceof GroupCacheException || failure instanceof IllegalStateException) {
      return new KeyFailure(null, "This peer can't answer now: " + sentence);
    }
    throw failure;
  }
}
