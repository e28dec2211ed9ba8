package io.groupcache.spring.http.server.tomcat;

import io.groupcache.spring.http.server.mvc.PeerEndpoint;
import io.groupcache.spring.http.wire.SharedSecret;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Has the application's Tomcat treat peers well, where they are answered on its port. */
public final class PeerTomcatCustomizer
    implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

  private final PeerEndpoint endpoint;
  private final PeerTomcatSettings settings;
  private final SharedSecret secret;

  /**
   * Makes a customizer, which does nothing where the endpoint is not open.
   *
   * @param endpoint where peers are answered
   * @param settings what its connectors are like
   * @param secret has to come with every request
   */
  public PeerTomcatCustomizer(
      PeerEndpoint endpoint, PeerTomcatSettings settings, SharedSecret secret) {
    this.endpoint = endpoint;
    this.settings = settings;
    this.secret = secret;
  }

  @Override
  public void customize(ConfigurableTomcatWebServerFactory factory) {
    if (endpoint.isOpen()) {
      if (!settings.virtualThreads()
          && factory instanceof TomcatWebServerFactory tomcat
          && tomcat.getProtocol().equals(TomcatWebServerFactory.DEFAULT_PROTOCOL)) {
        tomcat.setProtocol(PeerNioProtocol.class.getName());
      }
      factory.addConnectorCustomizers(this::customize);
      factory.addEngineValves(new PlainRefusalValve(settings.path(), secret));
    }
  }

  private void customize(Connector connector) {
    if (settings.passthroughEncodedSlashes()) {
      EncodedSlashes.passThrough(connector);
    }
    KeptConnections.allowRequests(connector, settings.maxKeepAliveRequests());
    WriteBuffer.use(connector, settings.writeBufferBytes());
    if (connector.getProtocolHandler() instanceof PeerNioProtocol protocol) {
      protocol.answerPeers(settings.path(), settings.maxThreads());
    }
  }
}
