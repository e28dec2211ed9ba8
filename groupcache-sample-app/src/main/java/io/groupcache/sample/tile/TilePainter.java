package io.groupcache.sample.tile;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Paints one tile. */
final class TilePainter {

  private static final double[] GRATICULE_DEGREES = {0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30};
  private static final double GRATICULE_PIXELS = 100;

  private final Graphics2D graphics;
  private final TileFrame frame;
  private final Map<String, Color> colors;

  TilePainter(Graphics2D graphics, TileFrame frame, Map<String, Color> colors) {
    this.graphics = graphics;
    this.frame = frame;
    this.colors = colors;
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  void paint(WorldMap map) {
    graphics.setColor(Palette.SEA);
    graphics.fillRect(0, 0, TileFrame.SIZE, TileFrame.SIZE);
    paintLands(map.landsIn(frame.box()));
    paintGraticule();
    map.names().forEach(this::paintName);
  }

  /** All the shallows come first, then all the land, and the borders last. */
  private void paintLands(List<MapLand> lands) {
    List<Shape> shapes = lands.stream().map(land -> frame.cut(land.shape())).toList();
    shapes.forEach(shape -> stroke(shape, 9, Palette.SHALLOWS));
    for (int i = 0; i < shapes.size(); i++) {
      graphics.setColor(lands.get(i).color(colors));
      graphics.fill(shapes.get(i));
    }
    shapes.forEach(shape -> stroke(shape, 0.9f, Palette.BORDER));
  }

  /** Lines of longitude and latitude, as close as they can be at this zoom without crowding. */
  private void paintGraticule() {
    double pixelsPerDegree = frame.mapSize() / 360;
    double step =
        DoubleStream.of(GRATICULE_DEGREES)
            .filter(degrees -> degrees * pixelsPerDegree >= GRATICULE_PIXELS)
            .findFirst()
            .orElse(30);
    for (long i = Math.round(-180 / step); i * step <= 180; i++) {
      double x = frame.x(Mercator.x(i * step));
      stroke(new Line2D.Double(x, 0, x, TileFrame.SIZE), 1, Palette.GRATICULE);
    }
    for (long i = (long) Math.ceil(-89 / step); i * step <= 89; i++) {
      double y = frame.y(Mercator.y(i * step));
      stroke(new Line2D.Double(0, y, TileFrame.SIZE, y), 1, Palette.GRATICULE);
    }
  }

  private void paintName(MapName name) {
    Optional<Shape> onMap = name.on(frame.mapSize());
    if (onMap.isEmpty()) {
      return;
    }
    for (int repeat = -1; repeat <= 1; repeat++) {
      Shape letters = frame.fromMapPixels(repeat).createTransformedShape(onMap.get());
      if (letters.intersects(-4, -4, TileFrame.SIZE + 8, TileFrame.SIZE + 8)) {
        stroke(letters, 3, Palette.NAME_HALO);
        graphics.setColor(Palette.NAME);
        graphics.fill(letters);
      }
    }
  }

  private void stroke(Shape shape, float width, Color color) {
    graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.setColor(color);
    graphics.draw(shape);
  }
}
