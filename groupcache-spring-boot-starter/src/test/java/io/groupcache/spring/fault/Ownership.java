package io.groupcache.spring.fault;

import io.groupcache.consistenthash.ConsistentHash;
import io.groupcache.consistenthash.HashFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who owned a key in the course of a scenario: in each state of the ring the first living peer in
 * the key's order. Each of them may have run the getter for it, once; whatever else ran is too
 * much.
 */
final class Ownership {

  private final List<View> views = new ArrayList<>();

  /** Adds a state of the ring, or what one peer takes for it: these are living, and on it. */
  void add(Collection<? extends RingMember> living) {
    views.add(
        new View(
            new ConsistentHash(
                50, HashFunction.crc32(), living.stream().map(RingMember::url).toList()),
            living.stream().collect(Collectors.toMap(RingMember::url, RingMember::incarnation))));
  }

  /** How many runs of the getter for keys with that prefix were too many. */
  int extraRuns(String prefix, Collection<? extends RingMember> members) {
    int extra = 0;
    for (RingMember member : members) {
      for (Map.Entry<String, Map<String, Integer>> runs : member.getterRuns().entrySet()) {
        for (Map.Entry<String, Integer> run : runs.getValue().entrySet()) {
          String key = run.getKey();
          if (key.startsWith(prefix)) {
            extra += run.getValue() - (owners(key).contains(runs.getKey()) ? 1 : 0);
          }
        }
      }
    }
    return extra;
  }

  private Set<String> owners(String key) {
    return views.stream().map(view -> view.owner(key)).collect(Collectors.toSet());
  }

  private record View(ConsistentHash ring, Map<String, String> incarnations) {

    String owner(String key) {
      String url = ring.owner(key);
      String incarnation = incarnations.get(url);
      if (incarnation == null) {
        throw new IllegalStateException(url + " is not on the ring");
      }
      return incarnation;
    }
  }
}
