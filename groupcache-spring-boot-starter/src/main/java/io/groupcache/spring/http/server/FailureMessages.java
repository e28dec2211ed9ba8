package io.groupcache.spring.http.server;

import io.groupcache.LoadException;
import io.groupcache.spring.http.wire.LogText;
import io.groupcache.spring.http.wire.PeerPath;
import io.groupcache.spring.http.wire.SharedSecret;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What a peer is told of a failed load: the type of the exception, with the getter's own words or
 * where to find them. Safe for use from many threads.
 */
public final class FailureMessages {

  private static final Log log = LogFactory.getLog(FailureMessages.class);

  /** Strangers must not fill the log faster than a line a request allows; the rest is at DEBUG. */
  private static final int MAX_LINE_LENGTH = LogText.MAX_LENGTH;

  private static final int MAX_PATH_LENGTH = 250;

  private final ExposeMessages expose;
  private final PeerProof proof;

  /** Tells those whom {@code expose} says; who knows {@code secret} is authenticated. */
  public FailureMessages(ExposeMessages expose, SharedSecret secret) {
    this.expose = expose;
    this.proof = new PeerProof(secret);
  }

  /** What the peer that sent {@code request} is told of each failed load. */
  BiFunction<PeerPath, LoadException, String> messagesFor(HttpServletRequest request) {
    boolean mayKnow = mayKnow(request); // now: the request may be over when a load fails
    return (path, failure) ->
        mayKnow ? String.valueOf(failure.getMessage()) : logged(path, failure);
  }

  /** Logs the message, and tells where. */
  private static String logged(PeerPath path, LoadException failure) {
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    // The path as it travels, and the message on one line: a key may hold whatever looks like a
    // log.
    String load = "Load " + id + " of " + path.encoded();
    String start = LogText.shortened(load, MAX_PATH_LENGTH) + " failed for a peer: ";
    String message = String.valueOf(failure.getMessage());
    log.warn(start + LogText.oneLine(message, MAX_LINE_LENGTH - start.length()));
    log.debug(load, failure);
    Throwable cause = failure.getCause();
    return "The load failed"
        + (cause == null ? "" : " with " + cause.getClass().getName())
        + "; the log of this peer says why, under "
        + id;
  }

  private boolean mayKnow(HttpServletRequest request) {
    return switch (expose) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTHENTICATED -> proof.isGiven(request);
    };
  }
}
