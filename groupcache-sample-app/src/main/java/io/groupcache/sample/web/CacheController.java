package io.groupcache.sample.web;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.GroupCache;
import io.groupcache.Invalidation;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The bytes of any group's value, as the cache holds them, and the removal of a value. */
@RestController
class CacheController {

  private final GroupCache groupCache;
  private final Provenance provenance;

  CacheController(GroupCache groupCache, Provenance provenance) {
    this.groupCache = groupCache;
    this.provenance = provenance;
  }

  @GetMapping("/cache/{group}")
  ResponseEntity<byte[]> value(@PathVariable String group, @RequestParam String key) {
    GetResult result = groupCache.group(group).getResult(GetContext.background(), key);
    return provenance
        .answer(key, result)
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .body(result.value().copy());
  }

  /** Has all peers forget a value, so that it is loaded anew. */
  @DeleteMapping("/cache/{group}")
  Removed remove(@PathVariable String group, @RequestParam String key) {
    Invalidation invalidation = groupCache.group(group).remove(key);
    return new Removed(invalidation.isComplete(), invalidation.pendingPeers());
  }

  /**
   * How far a removal has got, as JSON.
   *
   * @param complete whether all peers have done it
   * @param pending the base URLs of those that have yet to hear of it
   */
  record Removed(boolean complete, List<String> pending) {}
}
