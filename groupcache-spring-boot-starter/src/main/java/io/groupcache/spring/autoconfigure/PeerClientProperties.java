package io.groupcache.spring.autoconfigure;

import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How this peer asks the others.
 *
 * @param connectTimeout How long connecting to a peer may take.
 * @param readTimeout How long a peer's answer may take.
 * @param maxConnectionsPerPeer How many requests to one peer may be under way at a time.
 * @param maxResponseSize How long a value from a peer may be; a longer one is a peer error.
 * @param ssl TLS on connections to peers whose URL begins with https.
 */
public record PeerClientProperties(
    @DefaultValue("1s") Duration connectTimeout,
    @DefaultValue("5s") Duration readTimeout,
    @DefaultValue("64") int maxConnectionsPerPeer,
    @DefaultValue("64MB") DataSize maxResponseSize,
    @DefaultValue Ssl ssl) {

  /** Checks what was bound. */
  public PeerClientProperties {
    GroupCacheConfigurationException.checkTimeout(
        "groupcache.client.connect-timeout", connectTimeout);
    GroupCacheConfigurationException.checkTimeout("groupcache.client.read-timeout", readTimeout);
    GroupCacheConfigurationException.check(
        maxConnectionsPerPeer > 0,
        "groupcache.client.max-connections-per-peer",
        maxConnectionsPerPeer,
        "a peer can't be asked without a connection",
        "Leave it out (64), or write a positive number.");
    GroupCacheConfigurationException.checkArraySize(
        "groupcache.client.max-response-size", maxResponseSize, "64MB");
  }

  /**
   * TLS on connections to peers.
   *
   * @param bundle SSL bundle with what is trusted, and the certificate that is shown to peers who
   *     ask for one; without it that is what the JVM trusts, and no certificate.
   */
  public record Ssl(@Nullable String bundle) {}
}
