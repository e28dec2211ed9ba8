package io.groupcache.spring.http;

import io.groupcache.consistenthash.HashFunction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** A short word for a ring: two peers that have the same agree who owns what. */
final class RingFingerprint {

  private RingFingerprint() {}

  /** That of the ring of these peers, in their order. */
  static long of(List<String> peers, int replicas, HashFunction hash) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
    for (String peer : peers) {
      digest.update(peer.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
    }
    // Not what the hash is called, but what it does: it is the application's, or another's.
    int sample = hash.hash("groupcache".getBytes(StandardCharsets.UTF_8));
    byte[] all = digest.digest(ByteBuffer.allocate(8).putInt(replicas).putInt(sample).array());
    return ByteBuffer.wrap(all).getLong();
  }
}
