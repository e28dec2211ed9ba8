package io.groupcache.spring.http.wire;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * The base URL of a peer, such as {@code http://10.0.0.1:8080}. As it is spelt it is also the
 * peer's name, of which the points on the ring are made, so all peers have to spell it alike.
 */
public final class PeerUrl {

  private PeerUrl() {}

  /**
   * Checks a base URL, and takes a slash off its end.
   *
   * @throws IllegalArgumentException when it is none; the message says why
   */
  public static String parse(String text) {
    URI uri = uri(text.strip());
    check(
        "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()),
        "it has to begin with http:// or https://");
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(problemOfAuthority(uri.getRawAuthority()));
    }
    check(uri.getRawUserInfo() == null, "it can't have a user name");
    check(
        uri.getPort() != 0 && uri.getPort() <= 65_535 && !uri.getRawAuthority().endsWith(":"),
        "it has no port that can be reached");
    check(
        uri.getRawQuery() == null && uri.getRawFragment() == null,
        "it can't have a query or a fragment");
    checkPath(uri.getRawPath());
    String url = uri.toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /**
   * Tells spellings of one peer's URL from those of another's: it is the same for {@code
   * http://LOCALHOST:80} and {@code http://localhost}, and for a long and a short IPv6 address. No
   * name is looked up, so a host's name and its address differ.
   *
   * @param url a base URL as {@link #parse} gives it
   */
  public static String normalized(String url) {
    URI uri = URI.create(url);
    int standardPort = "https".equals(uri.getScheme()) ? 443 : 80;
    int port = uri.getPort() == -1 ? standardPort : uri.getPort();
    return uri.getScheme() + "://" + normalizedHost(uri.getHost()) + ":" + port + uri.getRawPath();
  }

  private static String normalizedHost(String host) {
    if (!host.startsWith("[")) {
      return host.toLowerCase(Locale.ROOT);
    }
    try {
      return InetAddress.getByName(host).getHostAddress(); // an address: nothing is looked up
    } catch (UnknownHostException e) { // its scope is no network interface of this machine
      return host.toLowerCase(Locale.ROOT);
    }
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("it is no URL: " + e.getMessage(), e);
    }
  }

  /** Java reads {@code host:port} as a whole, or not at all. */
  private static String problemOfAuthority(@Nullable String authority) {
    if (authority == null || authority.startsWith(":")) {
      return "it has no host";
    }
    if (authority.contains("@")) {
      return "it can't have a user name";
    }
    if (authority.contains("_")) {
      return "there is an underscore in its host, and a host name can't have one";
    }
    if (authority.chars().anyMatch(c -> c > 0x7f)) {
      return "its host has a letter that is not ASCII; a DNS name spells it as xn--…";
    }
    return "'" + authority + "' is no host name or address with a port";
  }

  /** Servers and proxies rewrite such paths, each in its own way, before they look for a peer. */
  private static void checkPath(String path) {
    check(!path.contains("//"), "there are two slashes in a row in its path");
    check(!path.contains(";"), "there is a ';' in its path");
    check(path.chars().allMatch(c -> c <= 0x7f), "its path has to be percent-encoded");
    for (String segment : StringUtils.delimitedListToStringArray(path, "/")) {
      String dots = segment.replace("%2E", ".").replace("%2e", ".");
      check(
          !dots.equals(".") && !dots.equals(".."), "there is a step '" + segment + "' in its path");
    }
  }

  private static void check(boolean ok, String problem) {
    if (!ok) {
      throw new IllegalArgumentException(problem);
    }
  }
}
