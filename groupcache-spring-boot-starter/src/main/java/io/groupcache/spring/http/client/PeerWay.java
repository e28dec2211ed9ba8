package io.groupcache.spring.http.client;

import io.groupcache.GetContext;
import io.groupcache.ProtoGetter;
import io.groupcache.spring.http.wire.ManyKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to a peer that may know how to answer about many keys in one request. */
@FunctionalInterface
interface PeerWay extends ProtoGetter {

  /**
   * Asks about many keys of a group.
   *
   * @param keys as many as fit into a request: see {@link ManyKeys}
   * @return the answer, to be read to its end; null when the peer knows no such requests, and has
   *     to be asked key by key
   */
  default @Nullable ManyKeysReader ask(GetContext context, String group, List<String> keys) {
    return null;
  }
}
