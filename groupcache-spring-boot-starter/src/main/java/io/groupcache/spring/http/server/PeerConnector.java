package io.groupcache.spring.http.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.commons.logging.LogFactory;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.tomcat.SslConnectorCustomizer;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Gives peers a port of their own on the application's Tomcat: a connector on which the peer
 * endpoint is answered, and nothing else. When the server runs, the property {@value
 * PeerPort#PROPERTY} is its number.
 */
public final class PeerConnector
    implements PeerPort,
        WebServerFactoryCustomizer<TomcatWebServerFactory>,
        ApplicationListener<ServletWebServerInitializedEvent> {

  private final PeerConnectorSettings settings;
  private final PeerEndpoint endpoint;
  private final String path;
  private final ConfigurableEnvironment environment;
  private final @Nullable SslBundles bundles;
  private volatile @Nullable Connector connector;

  /**
   * Makes a connector that is not there yet.
   *
   * @param settings what it is like
   * @param endpoint where peers are answered
   * @param path the endpoint's path as it is sent, the context path included
   * @param environment is told the port
   * @param bundles has the SSL bundle that the settings name; null when they name none
   */
  public PeerConnector(
      PeerConnectorSettings settings,
      PeerEndpoint endpoint,
      String path,
      ConfigurableEnvironment environment,
      @Nullable SslBundles bundles) {
    this.settings = settings;
    this.endpoint = endpoint;
    this.path = path;
    this.environment = environment;
    this.bundles = bundles;
  }

  @Override
  public boolean isInstalled() {
    return connector != null;
  }

  @Override
  public void customize(TomcatWebServerFactory factory) {
    Connector own = new Connector(factory.getProtocol());
    own.setPort(settings.port());
    if (settings.passthroughEncodedSlashes()) {
      EncodedSlashes.passThrough(own);
    }
    AbstractHttp11Protocol<?> protocol = (AbstractHttp11Protocol<?>) own.getProtocolHandler();
    if (factory.getAddress() != null) {
      protocol.setAddress(factory.getAddress());
    }
    protocol.setMaxHttpRequestHeaderSize(settings.maxRequestHeaderBytes());
    protocol.setMaxKeepAliveRequests(settings.maxKeepAliveRequests());
    own.setProperty("socket.directBuffer", "true"); // else the JDK makes another copy
    WriteBuffer.use(own, settings.writeBufferBytes());
    if (settings.virtualThreads()) {
      protocol.setExecutor(new VirtualThreadExecutor("groupcache-handler-"));
    } else {
      protocol.setMaxThreads(settings.maxThreads());
    }
    useTls(own);
    factory.addAdditionalConnectors(own);
    // Before all others of the engine: they may ask where a request has come in.
    List<Valve> valves = new ArrayList<>(factory.getEngineValves());
    valves.add(0, new PeerPortValve(own, endpoint, path));
    factory.setEngineValves(valves);
    connector = own;
  }

  private void useTls(Connector own) {
    if (bundles == null || settings.bundle() == null) {
      return;
    }
    SslConnectorCustomizer tls =
        new SslConnectorCustomizer(
            LogFactory.getLog(PeerConnector.class), own, settings.clientAuth());
    tls.customize(bundles.getBundle(settings.bundle()), Map.of());
    bundles.addBundleUpdateHandler(settings.bundle(), bundle -> tls.update(null, bundle));
  }

  @Override
  public void onApplicationEvent(ServletWebServerInitializedEvent event) {
    Connector own = connector;
    if (own != null) {
      publish(own.getLocalPort());
    }
  }

  /** As Boot publishes the other ports: on top of what is configured. */
  @SuppressWarnings("unchecked")
  private void publish(int port) {
    MutablePropertySources sources = environment.getPropertySources();
    PropertySource<?> ports = sources.get("server.ports");
    if (ports == null) {
      ports = new MapPropertySource("server.ports", new HashMap<>());
      sources.addFirst(ports);
    }
    ((Map<String, Object>) ports.getSource()).put(PROPERTY, port);
  }
}
