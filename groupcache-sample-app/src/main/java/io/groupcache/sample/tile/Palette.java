package io.groupcache.sample.tile;

import java.awt.Color;
import java.util.List;

/** The colours of the map. */
final class Palette {

  static final Color SEA = new Color(0xC9E0EF);
  static final Color SHALLOWS = new Color(0xDBEBF5);
  static final Color GRATICULE = new Color(0x2E, 0x5A, 0x7C, 30);
  static final Color BORDER = new Color(0x8C8375);
  static final Color NAME = new Color(0x3D3A45);
  static final Color NAME_HALO = new Color(0xFF, 0xFF, 0xFF, 190);

  static final List<Color> LANDS =
      List.of(
          new Color(0xF7E9CC),
          new Color(0xE2EBCB),
          new Color(0xF5DCCF),
          new Color(0xE3DEEE),
          new Color(0xD5EADF),
          new Color(0xF8F2D3));

  private Palette() {}
}
