package io.groupcache.spring.http.client;

import java.time.Duration;

/**
 * How peers are connected to.
 *
 * @param basePath the path where peers answer, with a slash at both ends
 * @param connectTimeout how long connecting may take
 * @param readTimeout how long an answer may take, from the request to its last byte
 * @param maxConnectionsPerPeer how many requests may be under way to one peer
 * @param maxResponseBytes how long the value in an answer may be
 */
public record PeerConnectionSettings(
    String basePath,
    Duration connectTimeout,
    Duration readTimeout,
    int maxConnectionsPerPeer,
    int maxResponseBytes) {

  /** The same with another number of requests to one peer. */
  PeerConnectionSettings withConnectionsPerPeer(int connections) {
    return new PeerConnectionSettings(
        basePath, connectTimeout, readTimeout, connections, maxResponseBytes);
  }
}
