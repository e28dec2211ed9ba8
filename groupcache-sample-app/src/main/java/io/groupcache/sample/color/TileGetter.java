package io.groupcache.sample.color;

import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.KeyNotFoundException;
import io.groupcache.Sink;
import io.groupcache.sample.country.HexColor;
import io.groupcache.sample.tile.TileKey;
import io.groupcache.sample.tile.TileRenderer;
import java.awt.Color;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Draws the tiles of the group {@code tiles}, in the colours that the countries have now. */
public final class TileGetter implements Getter {

  private final TileRenderer renderer;
  private final DrawnTiles drawnTiles;
  private final Supplier<Map<String, HexColor>> colors;

  /**
   * Makes a getter.
   *
   * @param colors the colours that countries were given, by their numeric codes
   */
  public TileGetter(
      TileRenderer renderer, DrawnTiles drawnTiles, Supplier<Map<String, HexColor>> colors) {
    this.renderer = renderer;
    this.drawnTiles = drawnTiles;
    this.colors = colors;
  }

  @Override
  public void get(GetContext context, String key, Sink dest) throws IOException {
    TileKey tile = TileKey.parse(key).orElseThrow(() -> new KeyNotFoundException(key));
    // Before the colours are read: a change that does not find the tile here was made before that.
    drawnTiles.add(tile);
    dest.setBytes(renderer.render(tile, paints()));
  }

  private Map<String, Color> paints() {
    return colors.get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, color -> new Color(color.getValue().rgb())));
  }
}
