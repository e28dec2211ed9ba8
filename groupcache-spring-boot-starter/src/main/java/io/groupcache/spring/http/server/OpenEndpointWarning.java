package io.groupcache.spring.http.server;

import io.groupcache.spring.http.wire.SharedSecret;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Says once, at start, that everyone who reaches the application's port may ask what peers may. */
public final class OpenEndpointWarning implements SmartInitializingSingleton {

  private static final Log log = LogFactory.getLog(OpenEndpointWarning.class);

  private final PeerEndpoint endpoint;
  private final SharedSecret secret;
  private final boolean mutualTls;

  /**
   * Makes a warning, which is said only where it is due.
   *
   * @param endpoint where peers are answered
   * @param secret what peers prove themselves with
   * @param mutualTls whether the application's port asks everyone for a certificate
   */
  public OpenEndpointWarning(PeerEndpoint endpoint, SharedSecret secret, boolean mutualTls) {
    this.endpoint = endpoint;
    this.secret = secret;
    this.mutualTls = mutualTls;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (!secret.isSet() && !mutualTls && !endpoint.hasOwnPort()) {
      log.warn(
          "Whoever reaches this application's port can read every group under "
              + endpoint
              + " and have its getters run. Set groupcache.security.shared-secret to the same long"
              + " random text on all peers, or groupcache.server.port to a port that only peers"
              + " reach, or server.ssl.client-auth=need with an SSL bundle that trusts only peers.");
    }
  }
}
