package io.groupcache.spring.http.wire;

import io.groupcache.groupcachepb.GetResponse;

/** What a peer's answer says of one key. */
public sealed interface KeyAnswer {

  /** The key's value. */
  record Value(GetResponse response) implements KeyAnswer {}

  /**
   * There is no value: {@code failure} is the owner's last word, or else a {@link PeerFailure},
   * which says whether another peer is worth a request.
   */
  record Failed(RuntimeException failure) implements KeyAnswer {}

  /**
   * The peer loads it.
   *
   * @param process the peer's, which named the load
   * @param id the load to wait for
   */
  record Loading(long process, long id) implements KeyAnswer {}

  /**
   * The key has to be asked for again: it loads, and there is no load to wait for, or nobody knows
   * that load any more.
   *
   * @param byPeer whether it was a peer that said so; else it was somebody in between, who may say
   *     so for ever
   */
  record Again(boolean byPeer) implements KeyAnswer {}
}
