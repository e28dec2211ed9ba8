package io.groupcache.sample.web;

import io.groupcache.sample.color.ColorChangeLog;
import io.groupcache.sample.color.ColorChanges;
import io.groupcache.sample.country.HexColor;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The colours of countries, which visitors may change. */
@RestController
class ColorController {

  private final ColorChanges changes;
  private final ColorChangeLog log;

  ColorController(ColorChanges changes, ColorChangeLog log) {
    this.changes = changes;
    this.log = log;
  }

  /** Gives a country a colour, such as {@code #e8998d}, on all peers. */
  @PutMapping(path = "/countries/{code}/color", consumes = MediaType.TEXT_PLAIN_VALUE)
  ColorChanges.Result give(@PathVariable String code, @RequestBody String color) {
    HexColor given = HexColor.parse(color).orElseThrow(() -> new InvalidColorException(color));
    return changes.change(code.toUpperCase(Locale.ROOT), Optional.of(given));
  }

  /** Gives a country the colour back that the map gave it. */
  @DeleteMapping("/countries/{code}/color")
  ColorChanges.Result takeBack(@PathVariable String code) {
    return changes.change(code.toUpperCase(Locale.ROOT), Optional.empty());
  }

  /** The last change that a visitor of any peer has made; nothing before the first. */
  @GetMapping("/color-changes/latest")
  ResponseEntity<ColorChangeLog.Entry> latest() {
    return log.latest()
        .map(ResponseEntity.ok().cacheControl(CacheControl.noStore())::body)
        .orElse(ResponseEntity.noContent().cacheControl(CacheControl.noStore()).build());
  }
}
