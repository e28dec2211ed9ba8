package io.groupcache.sample.web;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.GroupCache;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The bytes of any group's value, as the cache holds them. */
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
}
