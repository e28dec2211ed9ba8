package io.groupcache.sample.web;

import io.groupcache.CacheType;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.spring.http.HttpPool;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this peer has done so far, for the page's panel. */
@RestController
class StatsController {

  private final GroupCache groupCache;
  private final HttpPool pool;

  StatsController(GroupCache groupCache, HttpPool pool) {
    this.groupCache = groupCache;
    this.pool = pool;
  }

  @GetMapping("/stats")
  ResponseEntity<PeerStats> stats() {
    List<PeerStats.OfGroup> groups =
        groupCache.groups().stream()
            .sorted(Comparator.comparing(Group::name))
            .map(StatsController::statsOf)
            .toList();
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(new PeerStats(pool.self().orElse(null), pool.peers(), groups));
  }

  private static PeerStats.OfGroup statsOf(Group group) {
    return new PeerStats.OfGroup(
        group.name(),
        group.stats(),
        group.cacheStats(CacheType.MAIN),
        group.cacheStats(CacheType.HOT));
  }
}
