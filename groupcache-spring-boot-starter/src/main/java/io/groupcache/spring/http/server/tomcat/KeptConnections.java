package io.groupcache.spring.http.server.tomcat;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;

/** How many requests Tomcat answers on one connection. */
public final class KeptConnections {

  /** The property by which an application sets it. */
  public static final String PROPERTY = "server.tomcat.max-keep-alive-requests";

  /**
   * Where an application does not set it. Tomcat's own 100 would have busy peers make new ones all
   * the time; without any limit a connection could outlive the certificate that it was made with.
   */
  public static final int DEFAULT_REQUESTS = 10_000;

  private KeptConnections() {}

  /** Has a connector answer so many on each. */
  public static void allowRequests(Connector connector, int requests) {
    if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
      protocol.setMaxKeepAliveRequests(requests);
    }
  }
}
