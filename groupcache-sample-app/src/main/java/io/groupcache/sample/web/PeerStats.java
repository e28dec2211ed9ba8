package io.groupcache.sample.web;

import io.groupcache.CacheStats;
import io.groupcache.GroupStats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one peer says of itself, as JSON.
 *
 * @param self its base URL, if it has one
 * @param peers the base URLs of all peers on the ring
 * @param groups its groups, by name
 */
record PeerStats(@Nullable String self, List<String> peers, List<OfGroup> groups) {

  record OfGroup(String name, GroupStats counts, CacheStats main, CacheStats hot) {}
}
