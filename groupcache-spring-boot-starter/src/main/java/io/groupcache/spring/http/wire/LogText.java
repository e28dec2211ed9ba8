package io.groupcache.spring.http.wire;

import java.util.regex.Pattern;

/**
 * Text from elsewhere, such as what a peer says, made fit for a log: on one line, without
 * characters that a terminal obeys, and not too long. Otherwise it could look like lines of its
 * own.
 */
public final class LogText {

  /** How much of a text a line in the log has. */
  public static final int MAX_LENGTH = 500;

  /** Control characters, Unicode's line breaks, and what turns the direction of writing. */
  private static final Pattern CONTROLS =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+");

  private LogText() {}

  /** The text on one line of at most {@link #MAX_LENGTH} characters. */
  public static String oneLine(String text) {
    return oneLine(text, MAX_LENGTH);
  }

  /** The text on one line of at most {@code maxLength} characters. */
  public static String oneLine(String text, int maxLength) {
    return CONTROLS.matcher(shortened(text, maxLength)).replaceAll(" ");
  }

  /** The text, with dots at its end where it is longer than {@code maxLength}. */
  public static String shortened(String text, int maxLength) {
    return text.length() <= maxLength ? text : text.substring(0, maxLength - 3) + "...";
  }
}
