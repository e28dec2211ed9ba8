package io.groupcache.spring.diagnostics;

import io.groupcache.spring.http.server.mvc.PeerEndpoint;
import io.groupcache.spring.http.server.port.PeerPort;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;

/** Stops a start after which the other peers would ask this one in vain. */
public final class UnansweredPeersCheck implements SmartInitializingSingleton {

  private static final String PORT = "groupcache.server.port";

  private final List<String> peers;
  private final @Nullable Integer number;
  private final Environment environment;
  private final ObjectProvider<PeerPort> port;
  private final ObjectProvider<PeerEndpoint> endpoint;

  /**
   * Makes a check.
   *
   * @param peers the base URLs of all peers; empty for a ring of one
   * @param number the number of the peers' own port; null where they have none, or a blank one
   * @param environment says whether a port was set at all
   * @param port the port, where this application can have one
   * @param endpoint where peers are answered on the application's port, if it can answer them there
   */
  public UnansweredPeersCheck(
      List<String> peers,
      @Nullable Integer number,
      Environment environment,
      ObjectProvider<PeerPort> port,
      ObjectProvider<PeerEndpoint> endpoint) {
    this.peers = peers;
    this.number = number;
    this.environment = environment;
    this.port = port;
    this.endpoint = endpoint;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (environment.containsProperty(PORT)) { // a blank one must not open another
      GroupCacheConfigurationException.check(
          number != null, PORT, "", "it is blank", "Write a port, or leave it out.");
      GroupCacheConfigurationException.check(
          port.getIfAvailable() != null,
          PORT,
          String.valueOf(number),
          "the port needs Tomcat's classes, whatever the application's own server is, and there are"
              + " none",
          "Add the dependency org.apache.tomcat.embed:tomcat-embed-core, or leave the port out.");
    } else {
      GroupCacheConfigurationException.check(
          peers.isEmpty() || endpoint.getIfAvailable() != null,
          "groupcache.peers",
          peers,
          "the others could not ask this peer: only an application with Spring MVC and an embedded"
              + " or surrounding servlet container answers them on its own port",
          "Set groupcache.server.port to a port for peers, such as 7800, and write it in"
              + " groupcache.self and groupcache.peers; or add spring-boot-starter-webmvc.");
    }
  }
}
