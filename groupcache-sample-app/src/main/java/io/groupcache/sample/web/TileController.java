package io.groupcache.sample.web;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Group;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Tiles of the map, through the group {@code tiles}: 304 for one that has not changed. */
@RestController
class TileController {

  private final Group tiles;
  private final Provenance provenance;

  TileController(@Qualifier("tiles") Group tiles, Provenance provenance) {
    this.tiles = tiles;
    this.provenance = provenance;
  }

  @GetMapping("/tiles/{zoom}/{x}/{y}.png")
  ResponseEntity<byte[]> tile(
      @PathVariable String zoom, @PathVariable String x, @PathVariable String y) {
    String key = zoom + "/" + x + "/" + y;
    GetResult tile = tiles.getResult(GetContext.background(), key);
    byte[] image = tile.value().copy();
    return provenance
        .answer(key, tile)
        .contentType(MediaType.IMAGE_PNG)
        .eTag(DigestUtils.md5DigestAsHex(image))
        .body(image);
  }
}
