package io.groupcache.spring.http.wire;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
      throw new MalformedRequestException(HEADER + " has to be a number of milliseconds", e);
    }
    throw new MalformedRequestException(HEADER + " can't be negative");
  }

  /**
   * How long the answer to a request with that header is waited for, if it says so.
   *
   * @throws MalformedRequestException when the header makes no sense; the message tells a person
   *     how
   */
  public static Optional<Duration> of(@Nullable String header) {
    return Optional.ofNullable(header).map(PeerTimeout::read);
  }
}
