package io.groupcache.spring.autoconfigure;

import io.groupcache.spring.http.server.PeerEndpoint;
import io.groupcache.spring.http.server.PeerPort;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;

/** Stops a start after which the other peers would ask this one in vain. */
final class UnansweredPeersCheck implements SmartInitializingSingleton {

  private static final String PORT = "groupcache.server.port";

  private final GroupCacheProperties properties;
  private final Environment environment;
  private final ObjectProvider<PeerPort> port;
  private final ObjectProvider<PeerEndpoint> endpoint;

  UnansweredPeersCheck(
      GroupCacheProperties properties,
      Environment environment,
      ObjectProvider<PeerPort> port,
      ObjectProvider<PeerEndpoint> endpoint) {
    this.properties = properties;
    this.environment = environment;
    this.port = port;
    this.endpoint = endpoint;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (environment.containsProperty(PORT)) { // a blank one must not open another
      GroupCacheConfigurationException.check(
          port.getIfAvailable() != null,
          PORT,
          properties.server().requiredPort(),
          "the port needs Tomcat's classes, whatever the application's own server is, and there are"
              + " none",
          "Add the dependency org.apache.tomcat.embed:tomcat-embed-core, or leave the port out.");
    } else {
      GroupCacheConfigurationException.check(
          properties.peers().isEmpty() || endpoint.getIfAvailable() != null,
          "groupcache.peers",
          properties.peers(),
          "the others could not ask this peer: only an application with Spring MVC and an embedded"
              + " or surrounding servlet container answers them on its own port",
          "Set groupcache.server.port to a port for peers, such as 7800, and write it in"
              + " groupcache.self and groupcache.peers; or add spring-boot-starter-webmvc.");
    }
  }
}
