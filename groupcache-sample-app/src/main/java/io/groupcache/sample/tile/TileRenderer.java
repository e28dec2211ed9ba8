package io.groupcache.sample.tile;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Draws tiles as PNG images; the same tile in the same colours is the same bytes. Safe for use from
 * many threads.
 */
public final class TileRenderer {

  private final WorldMap map;

  /** Makes a renderer of a map. */
  public TileRenderer(WorldMap map) {
    this.map = map;
  }

  /**
   * The PNG image of a tile.
   *
   * @param colors of the countries that have another colour than the map's, by their numeric codes
   */
  public byte[] render(TileKey tile, Map<String, Color> colors) throws IOException {
    BufferedImage image =
        new BufferedImage(TileFrame.SIZE, TileFrame.SIZE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      new TilePainter(graphics, new TileFrame(tile), colors).paint(map);
    } finally {
      graphics.dispose();
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
      ImageIO.write(image, "png", out);
    }
    return png.toByteArray();
  }
}
