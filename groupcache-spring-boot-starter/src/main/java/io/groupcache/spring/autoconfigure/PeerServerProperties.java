package io.groupcache.spring.autoconfigure;

import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import io.groupcache.spring.http.server.tomcat.WriteBuffer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.web.server.Ssl.ClientAuth;
import org.springframework.util.unit.DataSize;

/**
 * How this peer answers the others.
 *
 * @param passthroughEncodedSlashes Whether the application's server, where it answers peers, lets
 *     %2F and %5C in a path through, as keys need it; Tomcat refuses them else, and keys with a
 *     slash are loaded by whoever wants them. A port of their own always does.
 * @param maxConcurrentRequests How many values peers are got at a time, the writing of answers not
 *     counted; further requests are refused, and asked of another peer.
 * @param port Port on which only peers are answered, and they nowhere else; 0 for any that is free.
 *     Without it peers are answered on the application's port.
 * @param maxThreads How many requests of peers may be answered at a time, in threads beside the
 *     application's: on their own port, or on an embedded Tomcat's; with
 *     spring.threads.virtual.enabled there is no such limit.
 * @param writeBufferSize How much Tomcat writes at a time on the port where peers are answered,
 *     which takes as much memory for each of its connections; without it 64KB on the peers' own
 *     port, and 32KB on the application's.
 * @param ssl TLS on the peers' own port.
 */
public record PeerServerProperties(
    @DefaultValue("true") boolean passthroughEncodedSlashes,
    @DefaultValue("128") int maxConcurrentRequests,
    @Nullable Integer port,
    @DefaultValue("200") int maxThreads,
    @Nullable DataSize writeBufferSize,
    @DefaultValue Ssl ssl) {

  private static final int MAX_THREADS = 10_000;
  private static final DataSize MAX_WRITE_BUFFER = DataSize.ofMegabytes(16);

  /** Checks what was bound. */
  public PeerServerProperties {
    GroupCacheConfigurationException.check(
        maxConcurrentRequests > 0,
        "groupcache.server.max-concurrent-requests",
        maxConcurrentRequests,
        "no peer could be answered",
        "Leave it out (128), or write a positive number.");
    if (port != null) {
      GroupCacheConfigurationException.check(
          port >= 0 && port <= 65_535,
          "groupcache.server.port",
          port,
          "there is no such port",
          "Write a port from 1 to 65535, 0 for any that is free, or leave it out.");
    } else {
      GroupCacheConfigurationException.check(
          ssl.bundle() == null,
          "groupcache.server.ssl.bundle",
          String.valueOf(ssl.bundle()),
          "it is for the peers' own port, and they have none",
          "Set groupcache.server.port; or use server.ssl.bundle for the application's port.");
    }
    GroupCacheConfigurationException.check(
        ssl.bundle() != null || ssl.clientAuth() == ClientAuth.NONE,
        "groupcache.server.ssl.client-auth",
        ssl.clientAuth(),
        "nobody shows a certificate without TLS",
        "Set groupcache.server.ssl.bundle; or use server.ssl.client-auth for the application's port.");
    GroupCacheConfigurationException.check(
        maxThreads > 0,
        "groupcache.server.max-threads",
        maxThreads,
        "nobody would answer",
        "Leave it out (200), or write a positive number.");
    GroupCacheConfigurationException.check(
        maxThreads <= MAX_THREADS,
        "groupcache.server.max-threads",
        maxThreads,
        "no machine runs so many threads well",
        "Leave it out (200), write at most "
            + MAX_THREADS
            + ", or set spring.threads.virtual.enabled, which needs no limit.");
    if (writeBufferSize != null) {
      GroupCacheConfigurationException.check(
          writeBufferSize.toBytes() > 0 && writeBufferSize.compareTo(MAX_WRITE_BUFFER) <= 0,
          "groupcache.server.write-buffer-size",
          writeBufferSize,
          "each connection takes as much memory, and needs some",
          "Leave it out (64KB or 32KB), or write a size from 1B to 16MB.");
    }
  }

  /** How many bytes are written at a time. */
  int writeBufferBytes() {
    if (writeBufferSize != null) {
      return (int) writeBufferSize.toBytes();
    }
    return port == null ? WriteBuffer.SHARED_BYTES : WriteBuffer.OWN_BYTES;
  }

  /**
   * TLS on the peers' own port.
   *
   * @param bundle SSL bundle with this peer's certificate, and with what it trusts where peers show
   *     theirs; without it the port speaks plain HTTP.
   * @param clientAuth Whether peers may (want) or have to (need) show a certificate.
   */
  public record Ssl(@Nullable String bundle, @DefaultValue("none") ClientAuth clientAuth) {}
}
