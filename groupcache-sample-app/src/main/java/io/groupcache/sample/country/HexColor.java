package io.groupcache.sample.country;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A colour as in CSS. Its text is such as {@code #e8998d}.
 *
 * @param rgb red, green and blue, each a byte, the highest of the four being zero
 */
public record HexColor(int rgb) {

  private static final Pattern TEXT = Pattern.compile("#[0-9a-fA-F]{6}");

  /** The colour of that text; none when the text is no colour's. */
  public static Optional<HexColor> parse(String text) {
    return TEXT.matcher(text).matches()
        ? Optional.of(new HexColor(Integer.parseInt(text.substring(1), 16)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "#%06x".formatted(rgb);
  }
}
