package io.groupcache.spring.http.server;

import io.groupcache.LoadException;
import io.groupcache.spring.http.wire.PeerPath;
import io.groupcache.spring.http.wire.SharedSecret;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What a peer is told of a failed load: the getter's own words, or where to find them. Safe for use
 * from many threads.
 */
public final class FailureMessages {

  private static final Log log = LogFactory.getLog(FailureMessages.class);

  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  /** What would make several lines of one. */
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

  /** Strangers must not fill the log faster than a line a request allows; the rest is at DEBUG. */
  private static final int MAX_LINE_LENGTH = 500;

  private static final int MAX_PATH_LENGTH = 250;

  private final ExposeMessages expose;
  private final SharedSecret secret;

  /** Tells those whom {@code expose} says; who knows {@code secret} is authenticated. */
  public FailureMessages(ExposeMessages expose, SharedSecret secret) {
    this.expose = expose;
    this.secret = secret;
  }

  /** What the peer that sent {@code request} is told; if that is not all, the rest is logged. */
  String tell(HttpServletRequest request, PeerPath path, LoadException failure) {
    if (mayKnow(request)) {
      return String.valueOf(failure.getMessage());
    }
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    // The path as it travels, and the message on one line: a key may hold whatever looks like a
    // log.
    String load = "Load " + id + " of " + path.encoded();
    String start = shortened(load, MAX_PATH_LENGTH) + " failed for a peer: ";
    log.warn(start + oneLine(failure, MAX_LINE_LENGTH - start.length()));
    log.debug(load, failure);
    return "The load failed; the log of this peer says why, under " + id;
  }

  private boolean mayKnow(HttpServletRequest request) {
    return switch (expose) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTHENTICATED -> isAuthenticated(request);
    };
  }

  private boolean isAuthenticated(HttpServletRequest request) {
    return (secret.isSet() && secret.admits(request.getHeader(SharedSecret.HEADER)))
        || (request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
            && chain.length > 0);
  }

  private static String oneLine(LoadException failure, int maxLength) {
    String text = shortened(String.valueOf(failure.getMessage()), maxLength);
    return CONTROLS.matcher(text).replaceAll(" ");
  }

  private static String shortened(String text, int maxLength) {
    return text.length() <= maxLength ? text : text.substring(0, maxLength - 3) + "...";
  }
}
