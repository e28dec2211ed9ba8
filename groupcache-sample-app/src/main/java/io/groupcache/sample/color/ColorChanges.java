package io.groupcache.sample.color;

import io.groupcache.Group;
import io.groupcache.Invalidation;
import io.groupcache.KeyNotFoundException;
import io.groupcache.sample.country.Country;
import io.groupcache.sample.country.CountryRepository;
import io.groupcache.sample.country.HexColor;
import io.groupcache.sample.tile.TileKey;
import io.groupcache.sample.tile.WorldMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;

/**
 * Gives countries other colours, and has all peers forget the tiles that show them, but no others.
 * Safe for use from many threads.
 */
@Service
public class ColorChanges {

  private final CountryRepository repository;
  private final DrawnTiles drawnTiles;
  private final WorldMap map;
  private final Group tiles;
  private final Group countries;
  private final ColorChangeLog log;

  ColorChanges(
      CountryRepository repository,
      DrawnTiles drawnTiles,
      WorldMap map,
      @Qualifier("tiles") Group tiles,
      @Qualifier("countries") Group countries,
      ColorChangeLog log) {
    this.repository = repository;
    this.drawnTiles = drawnTiles;
    this.map = map;
    this.tiles = tiles;
    this.countries = countries;
    this.log = log;
  }

  /**
   * How far a change has got.
   *
   * @param tiles how many tiles the peers were told to forget
   * @param pending the base URLs of the peers that have yet to hear of it
   */
  public record Result(int tiles, List<String> pending) {}

  /**
   * Changes a country's colour. Gets that begin later, on any peer that is not pending, give tiles
   * in that colour.
   *
   * @param code one of the country's ISO 3166-1 codes
   * @param color none for the colour that the map gave it
   * @throws KeyNotFoundException when no country has that code
   */
  public Result change(String code, Optional<HexColor> color) {
    Country country = repository.findByCode(code).orElseThrow(() -> new KeyNotFoundException(code));
    // First of all, as what is loaded after the removals has to be loaded from this.
    repository.updateColor(country.getAlpha2(), color);
    List<String> keys =
        drawnTiles.find(map.tilesShowing(country.getNumeric())).stream()
            .map(TileKey::toString)
            .toList();
    Invalidation ofTiles = tiles.removeAll(keys);
    Invalidation ofCountry =
        countries.removeAll(
            List.of(country.getAlpha2(), country.getAlpha3(), country.getNumeric()));
    // Last, as pages ask for their tiles again when they see it.
    log.add(country.getAlpha2());
    return new Result(keys.size(), pending(ofTiles, ofCountry));
  }

  private static List<String> pending(Invalidation... invalidations) {
    return Stream.of(invalidations)
        .flatMap(invalidation -> invalidation.pendingPeers().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
