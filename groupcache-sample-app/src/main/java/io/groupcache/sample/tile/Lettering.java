package io.groupcache.sample.tile;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Makes names into outlines, with a font of its own: every peer must draw the same tile. */
final class Lettering {

  private static final String RESOURCE = "/font/SourceSans3-SemiBold.ttf";
  private static final float FONT_SIZE = 100;

  private final Font font;

  Lettering() throws IOException {
    try (InputStream in = Lettering.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new FileNotFoundException("The class path has no " + RESOURCE);
      }
      font = Font.createFont(Font.TRUETYPE_FONT, in).deriveFont(FONT_SIZE);
    } catch (FontFormatException e) {
      throw new IOException(RESOURCE + " is no font", e);
    }
  }

  /** The outline of a text in a font of size 1, its middle at 0, 0. */
  Shape outline(String text) {
    FontRenderContext unhinted = new FontRenderContext(null, true, true);
    Shape outline = font.createGlyphVector(unhinted, text).getOutline();
    Rectangle2D box = outline.getBounds2D();
    AffineTransform centred = AffineTransform.getScaleInstance(1.0 / FONT_SIZE, 1.0 / FONT_SIZE);
    centred.translate(-box.getCenterX(), -box.getCenterY());
    return centred.createTransformedShape(outline);
  }
}
