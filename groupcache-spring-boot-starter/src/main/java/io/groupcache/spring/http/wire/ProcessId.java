package io.groupcache.spring.http.wire;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Names a peer's process, from its start to its end: unlike its URL it is another one after a
 * restart. Immutable.
 */
public final class ProcessId {

  /** The header in which a peer says which process it is. */
  public static final String HEADER = "Groupcache-Process";

  /** The header of a GET of the base path with which a peer finds out whether it reaches itself. */
  public static final String QUESTION_HEADER = "Groupcache-Self-Check";

  private final long value;

  private ProcessId(long value) {
    this.value = value;
  }

  /** Makes an id that no other process has, by all odds. */
  public static ProcessId random() {
    return new ProcessId(new SecureRandom().nextLong());
  }

  /**
   * The number of an id as it is sent.
   *
   * @throws MalformedRequestException when it is none; the message tells a person how
   */
  public static long parse(String text) {
    try {
      return HexFormat.fromHexDigitsToLong(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedRequestException("A process is 16 hexadecimal digits", e);
    }
  }

  /** The id as a number. */
  public long value() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProcessId id && id.value == value;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(value);
  }

  /** The id as it is sent: 16 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
