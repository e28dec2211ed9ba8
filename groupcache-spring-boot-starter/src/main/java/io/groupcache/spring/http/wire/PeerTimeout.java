package io.groupcache.spring.http.wire;

import io.groupcache.GetContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/** The header of a request that says for how long its answer is waited for, in milliseconds. */
public final class PeerTimeout {

  public static final String HEADER = "Groupcache-Timeout";

  private PeerTimeout() {}

  public static String write(Duration timeout) {
    return Long.toString(Math.max(1, timeout.toMillis()));
  }

  public static Duration read(String value) {
    try {
      long millis = Long.parseLong(value);
      if (millis >= 0) {
        return Duration.ofMillis(millis);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(HEADER + " has to be a number of milliseconds", e);
    }
    throw new IllegalArgumentException(HEADER + " can't be negative");
  }

  /**
   * The context of a request, with the time that it leaves for the answer: a tenth is for its way
   * back, so that a peer that waits too long hears that it has, rather than nothing.
   *
   * @throws IllegalArgumentException when the header makes no sense; the message tells a person how
   */
  public static GetContext limit(GetContext context, HttpServletRequest request) {
    String value = request.getHeader(HEADER);
    return value == null ? context : context.withTimeout(read(value).multipliedBy(9).dividedBy(10));
  }
}
