package io.groupcache.spring.autoconfigure;

import io.groupcache.spring.http.server.PeerPort;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.web.context.WebApplicationContext;

/**
 * Stops a start in which the peers' own port would be missing: the others would not reach this
 * peer, or, worse, on a port that was not meant for them.
 */
final class PeerPortCheck implements SmartInitializingSingleton {

  private final PeerServerProperties properties;
  private final ApplicationContext context;
  private final ObjectProvider<PeerPort> peerPort;

  PeerPortCheck(
      PeerServerProperties properties,
      ApplicationContext context,
      ObjectProvider<PeerPort> peerPort) {
    this.properties = properties;
    this.context = context;
    this.peerPort = peerPort;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (properties.port() == null && !isBlank()) {
      return;
    }
    int port = properties.requiredPort();
    PeerPort found = peerPort.getIfAvailable();
    GroupCacheConfigurationException.check(
        isMock() || (found != null && found.isInstalled()),
        "groupcache.server.port",
        port,
        "peers can have a port of their own only on the embedded Tomcat of a servlet application,"
            + " and there is none here",
        "Leave it out, and peers are answered on the application's port, if it has one; or use"
            + " spring-boot-starter-tomcat.");
  }

  /** As with an environment variable that is empty: no port is bound, and one was meant. */
  private boolean isBlank() {
    return Binder.get(context.getEnvironment())
        .bind("groupcache.server.port", String.class)
        .map(String::isBlank)
        .orElse(false);
  }

  /** A web application in a test that has no server at all. */
  private boolean isMock() {
    return context instanceof WebApplicationContext
        && !(context instanceof WebServerApplicationContext);
  }
}
