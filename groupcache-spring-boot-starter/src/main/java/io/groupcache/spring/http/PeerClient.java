package io.groupcache.spring.http;

import io.groupcache.ProtoGetter;

/** Asks one peer for values, and knows how the peer is. Safe for use from many threads. */
public interface PeerClient extends ProtoGetter {

  /** What is known of the peer. */
  PeerState state();

  /** Says that the peer has said goodbye: that it does not answer any more is to be expected. */
  void leaves();
}
