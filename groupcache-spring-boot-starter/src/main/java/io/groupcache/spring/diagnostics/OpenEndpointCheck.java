package io.groupcache.spring.diagnostics;

import io.groupcache.spring.http.server.mvc.PeerEndpoint;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Looks at an endpoint that everyone who reaches the application's port may ask: a warning, or, if
 * the application asks its users who they are, a hole beside its login, which stops the start.
 */
public final class OpenEndpointCheck implements SmartInitializingSingleton {

  private static final Log log = LogFactory.getLog(OpenEndpointCheck.class);

  private static final String ADVICE =
      "Set groupcache.security.shared-secret to the same long random text on all peers, or"
          + " groupcache.server.port to a port that only peers reach, or server.ssl.client-auth=need"
          + " with an SSL bundle that trusts only peers";

  /** What Spring Security calls its filter, wherever it comes from. */
  private static final String SECURITY_FILTER = "springSecurityFilterChain";

  private final PeerEndpoint endpoint;
  private final boolean closed;
  private final ListableBeanFactory beans;

  /**
   * Makes a check.
   *
   * @param endpoint where peers are answered
   * @param closed whether they have to prove who they are, or need not on purpose
   * @param beans the application's
   */
  public OpenEndpointCheck(PeerEndpoint endpoint, boolean closed, ListableBeanFactory beans) {
    this.endpoint = endpoint;
    this.closed = closed;
    this.beans = beans;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (!endpoint.isOpen() || closed) {
      return;
    }
    GroupCacheConfigurationException.check(
        !beans.containsBean(SECURITY_FILTER),
        "groupcache.security.allow-anonymous",
        false,
        "the application has Spring Security, and peers' requests pass it: whoever reaches its port"
            + " could read every group under "
            + endpoint
            + " without a login",
        ADVICE + "; or set groupcache.security.allow-anonymous=true if nobody else reaches it.");
    log.warn(
        "Whoever reaches this application's port can read every group under "
            + endpoint
            + " and have its getters run. "
            + ADVICE
            + ".");
  }
}
