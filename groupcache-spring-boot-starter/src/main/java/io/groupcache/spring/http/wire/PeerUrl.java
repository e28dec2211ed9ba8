package io.groupcache.spring.http.wire;

import java.net.URI;
import java.net.URISyntaxException;

/** The base URL of a peer, such as {@code http://10.0.0.1:8080}: it is also the peer's name. */
public final class PeerUrl {

  private PeerUrl() {}

  /**
   * Checks a base URL, and takes a slash off its end: the peers of a ring must spell it alike.
   *
   * @throws IllegalArgumentException when it is none; the message says why
   */
  public static String parse(String text) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("it is no URL: " + e.getMessage(), e);
    }
    check(
        "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()),
        "it has to begin with http:// or https://");
    check(uri.getHost() != null, "it has no host");
    check(uri.getPort() != 0 && uri.getPort() <= 65_535, "it has no port that can be reached");
    check(uri.getRawUserInfo() == null, "it can't have a user name");
    check(
        uri.getRawQuery() == null && uri.getRawFragment() == null,
        "it can't have a query or a fragment");
    String url = uri.toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static void check(boolean ok, String problem) {
    if (!ok) {
      throw new IllegalArgumentException(problem);
    }
  }
}
