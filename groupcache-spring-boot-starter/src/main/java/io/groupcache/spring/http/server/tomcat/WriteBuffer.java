package io.groupcache.spring.http.server.tomcat;

import org.apache.catalina.connector.Connector;

/**
 * How much Tomcat writes at a time on a connection. Its own 8 KB would mean 128 calls of the system
 * for a value of 1 MB; what is more takes memory for each connection.
 */
public final class WriteBuffer {

  /** On the application's port, where most connections are not peers'. */
  public static final int SHARED_BYTES = 32 << 10;

  /** On a port of their own. */
  public static final int OWN_BYTES = 64 << 10;

  private static final String PROPERTY = "socket.appWriteBufSize";

  private WriteBuffer() {}

  /** Has a connector write so many bytes at a time. */
  public static void use(Connector connector, int bytes) {
    connector.setProperty(PROPERTY, String.valueOf(bytes));
  }
}
