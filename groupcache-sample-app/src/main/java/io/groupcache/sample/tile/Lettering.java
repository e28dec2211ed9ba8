package io.groupcache.sample.tile;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.GlyphData;
import org.apache.fontbox.ttf.GlyphTable;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * Makes names into outlines, with a font of its own: every peer must draw the same tile. Not with
 * Java's fonts, which need more than a JDK: a system without fontconfig has none.
 */
final class Lettering {

  private static final String RESOURCE = "/font/SourceSans3-SemiBold.ttf";

  private final TrueTypeFont font;
  private final CmapLookup glyphIds;
  private final GlyphTable glyphs;

  Lettering() throws IOException {
    try (InputStream in = Lettering.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new FileNotFoundException("The class path has no " + RESOURCE);
      }
      font = new TTFParser().parse(new RandomAccessReadBuffer(in));
      glyphIds = font.getUnicodeCmapLookup();
      glyphs = font.getGlyph();
    }
  }

  /** The outline of a text in a font of size 1, its middle at 0, 0. */
  Shape outline(String text) throws IOException {
    Path2D line = new Path2D.Double();
    double x = 0;
    for (int codePoint : text.codePoints().toArray()) {
      int id = glyphIds.getGlyphId(codePoint);
      GlyphData glyph = glyphs.getGlyph(id);
      if (glyph != null) { // a space has none
        AffineTransform move = AffineTransform.getTranslateInstance(x, 0);
        line.append(glyph.getPath().getPathIterator(move), false);
      }
      x += font.getAdvanceWidth(id);
    }
    Rectangle2D box = line.getBounds2D();
    double scale = 1.0 / font.getUnitsPerEm();
    AffineTransform centred = AffineTransform.getScaleInstance(scale, -scale); // fonts go upwards
    centred.translate(-box.getCenterX(), -box.getCenterY());
    return centred.createTransformedShape(line);
  }
}
