package io.groupcache.sample.tile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which square of the world a tile shows. Its text, such as {@code 3/4/2}, is the key of the group
 * {@code tiles}; each tile has one text only, so that no tile is drawn and kept twice.
 *
 * @param zoom 0 for the whole world, each step doubling the scale
 * @param x the column, counted from 180° W
 * @param y the row, counted from the north
 */
public record TileKey(int zoom, int x, int y) {

  /** The deepest zoom there is; beyond it the borders are too coarse. */
  public static final int MAX_ZOOM = 10;

  private static final String NUMBER = "(0|[1-9][0-9]{0,3})";
  private static final Pattern TEXT = Pattern.compile(NUMBER + "/" + NUMBER + "/" + NUMBER);

  /** The tile of that text; none when the text is no tile's, or the tile lies outside the world. */
  public static Optional<TileKey> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int zoom = Integer.parseInt(matcher.group(1));
    int x = Integer.parseInt(matcher.group(2));
    int y = Integer.parseInt(matcher.group(3));
    boolean inside = zoom <= MAX_ZOOM && x < 1 << zoom && y < 1 << zoom;
    return inside ? Optional.of(new TileKey(zoom, x, y)) : Optional.empty();
  }

  @Override
  public String toString() {
    return zoom + "/" + x + "/" + y;
  }
}
