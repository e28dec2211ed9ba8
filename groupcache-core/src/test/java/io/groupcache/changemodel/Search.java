package io.groupcache.changemodel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Goes through all worlds that can be reached, the nearest first, until it finds one. */
final class Search {

  /**
   * What came of it.
   *
   * @param states worlds that were reached, no two of them the same
   * @param found the nearest world that was looked for, or null
   * @param steps the shortest way to that one
   */
  record Outcome(int states, @Nullable World found, List<String> steps) {

    /** The promise that does not hold in the world that was found, or null. */
    @Nullable Promise broken() {
      return found == null ? null : Promises.brokenIn(found);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("%,d states".formatted(states));
      if (broken() != null) {
        text.append(", ").append(broken()).append(" is broken:");
      }
      for (int i = 0; i < steps.size(); i++) {
        text.append("\n%3d. %s".formatted(i + 1, steps.get(i)));
      }
      return text.toString();
    }
  }

  private final Protocol protocol;
  private final World first;
  private final Predicate<World> wanted;
  private final Visited visited = new Visited();

  private Search(Protocol protocol, World first, Predicate<World> wanted) {
    this.protocol = protocol;
    this.first = first;
    this.wanted = wanted;
  }

  /** Looks for a world in which a promise is broken. */
  static Outcome forBrokenPromise(Protocol protocol, Scope scope) {
    return forWorld(protocol, scope, world -> Promises.brokenIn(world) != null);
  }

  /** Looks for any world. */
  static Outcome forWorld(Protocol protocol, Scope scope, Predicate<World> wanted) {
    return new Search(protocol, new World(scope), wanted).run();
  }

  private Outcome run() {
    Deque<World> nearestFirst = new ArrayDeque<>();
    nearestFirst.add(first);
    visited.add(first.fingerprint(), 0);
    while (!nearestFirst.isEmpty()) {
      World world = nearestFirst.remove();
      for (Step step : protocol.stepsFrom(world)) {
        World next = step.next();
        if (visited.add(next.fingerprint(), world.fingerprint())) {
          if (wanted.test(next)) {
            return new Outcome(visited.size(), next, stepsTo(next.fingerprint()));
          }
          nearestFirst.add(next);
        }
      }
    }
    return new Outcome(visited.size(), null, List.of());
  }

  /** Only fingerprints were kept, so the way is gone once more from the first world on. */
  private List<String> stepsTo(long last) {
    Deque<Long> way = new ArrayDeque<>();
    for (long at = last; at != first.fingerprint(); at = visited.before(at)) {
      way.push(at);
    }
    List<String> words = new ArrayList<>();
    World world = first;
    for (long fingerprint : way) {
      Step taken =
          protocol.stepsFrom(world).stream()
              .filter(step -> step.next().fingerprint() == fingerprint)
              .findFirst()
              .orElseThrow();
      words.add(taken.words().get());
      world = taken.next();
    }
    return words;
  }
}
