package io.groupcache;

import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** Asks one peer for values. Must be safe for use from many threads. */
@FunctionalInterface
public interface ProtoGetter {

  /**
   * Asks the peer for the value of a key, and waits for the answer.
   *
   * @throws PeerDownException when the peer is known to be down, and was not asked
   * @throws KeyNotFoundException when the peer says that there is no such key
   * @throws LoadException when the peer's getter failed
   * @throws PeerException when there is no answer, or none that can be understood; any other
   *     unchecked exception is taken for one
   */
  GetResponse get(GetContext context, GetRequest request);

  /**
   * Asks the peer for the values of many keys of a group, and tells {@code answers} what each comes
   * to as soon as it is known, in this thread; what {@link #get} would throw for a key is its
   * failure. This one asks for them one after another.
   *
   * @param keys no key twice
   * @throws PeerException when there is no answer for any of the keys that are not told yet; any
   *     other unchecked exception is taken for one, whatever it is: it is no last word for a key
   */
  default void getAll(
      GetContext context,
      String group,
      Collection<String> keys,
      ResultHandler<GetResponse> answers) {
    for (String key : keys) {
      GetResponse response;
      try {
        response = get(context, GetRequest.newBuilder().setGroup(group).setKey(key).build());
      } catch (RuntimeException failure) {
        answers.onFailure(key, failure);
        continue;
      }
      answers.onValue(key, response);
    }
  }

  /**
   * Whether {@link #getAll} asks for many keys at once; else it is called from several threads, for
   * some of the keys each. One that has thought so, and finds out that the peer does not know how,
   * says so from then on, and may leave keys without an answer: they are asked for anew.
   */
  default boolean takesMany() {
    return false;
  }

  /**
   * Whether a request ends by itself in time: at its context's deadline, when its thread is
   * interrupted (with the interrupt flag set again), and, where the peer says nothing, early enough
   * for another to load the key. Such a request is made in the thread of the get that wants the
   * answer, and has all of its time; others need a thread of their own wherever a get has a
   * deadline, and have half of its time.
   */
  default boolean endsInTime() {
    return false;
  }

  /**
   * Tells the peer what has changed, and what is known of changes, and gives what it says to that:
   * what {@link GroupCache#answer} there gives. It is also called while the peer is thought to be
   * down.
   *
   * @return empty where the peer can't be told, because it does not know how, as this one
   * @throws PeerException when there is no answer in time, or none that can be understood; any
   *     other unchecked exception is taken for one
   */
  default Optional<Exchange> exchange(Exchange said, Duration timeout) {
    return Optional.empty();
  }
}
