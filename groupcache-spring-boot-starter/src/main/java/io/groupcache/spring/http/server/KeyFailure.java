package io.groupcache.spring.http.server;

import io.groupcache.DeadlineExceededException;
import io.groupcache.GroupCacheException;
import io.groupcache.InvalidKeyException;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.spring.http.server.PromisedLoad.Outcome;
import io.groupcache.spring.http.wire.PeerError;
import java.util.function.Function;

/** What a peer is told of a key that it gets no value of. */
final class KeyFailure {

  private KeyFailure() {}

  /**
   * What a failed get comes to.
   *
   * @param loadFailed says what is told of a getter's failure
   */
  static Outcome.Failure of(RuntimeException failure, Function<LoadException, String> loadFailed) {
    String sentence = String.valueOf(failure.getMessage());
    if (failure instanceof InvalidKeyException) {
      return new Outcome.Failure(PeerError.BAD_REQUEST, sentence);
    } else if (failure instanceof DeadlineExceededException) {
      return new Outcome.Failure(PeerError.STILL_LOADING, sentence);
    } else if (failure instanceof KeyNotFoundException) {
      return new Outcome.Failure(PeerError.KEY_NOT_FOUND, sentence);
    } else if (failure instanceof LoadException load) {
      return new Outcome.Failure(PeerError.LOAD_FAILED, loadFailed.apply(load));
    } else if (failure instanceof GroupCacheException
        && failure.getCause() instanceof IllegalStateException) { // it would wait for itself
      return new Outcome.Failure(PeerError.LOAD_FAILED, sentence);
    }
    return new Outcome.Failure(null, "This peer can't answer now: " + sentence);
  }
}
