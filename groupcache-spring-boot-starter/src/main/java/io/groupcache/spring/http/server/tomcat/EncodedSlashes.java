package io.groupcache.spring.http.server.tomcat;

import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;

/** How Tomcat lets {@code %2F} and {@code %5C} in a path through, which keys need. */
public final class EncodedSlashes {

  private EncodedSlashes() {}

  /** Has a connector pass them on as they were sent: it would else refuse them. */
  public static void passThrough(Connector connector) {
    String passThrough = EncodedSolidusHandling.PASS_THROUGH.getValue();
    connector.setEncodedSolidusHandling(passThrough);
    connector.setEncodedReverseSolidusHandling(passThrough);
  }
}
