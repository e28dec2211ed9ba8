package io.groupcache.spring.http.client;

import io.groupcache.GetContext;
import io.groupcache.spring.http.wire.KeyAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks one peer what it holds, and has it load what it does not. Safe for use from many threads.
 */
interface PeerQuestions {

  /**
   * Asks for one key.
   *
   * @throws io.groupcache.PeerException when there is no answer
   */
  KeyAnswer get(GetContext context, String group, String key);

  /**
   * Asks about many keys.
   *
   * @param keys as many as fit into a request
   * @param ancestors of each key; shorter where the rest has none
   * @return what it says of each; null when the peer has to be asked key by key
   * @throws io.groupcache.PeerException when there is no answer
   */
  @Nullable KeyAnswer @Nullable [] getAll(
      GetContext context, String group, List<String> keys, List<List<String>> ancestors);

  /** Whether the peer is thought to know questions about many keys. */
  boolean takesMany();
}
