package io.groupcache.benchmarks.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Teams that take turns, so that what else the machine does hits all of them alike. Only one has
 * work at a time.
 */
final class Contest implements AutoCloseable {

  private static final Duration WHILE = Duration.ofMillis(500);

  private final Map<Rival, Team> teams = new EnumMap<>(Rival.class);
  private final List<Rival> rivals;
  private final int keys;

  private Contest(List<Rival> rivals, int keys) {
    this.rivals = rivals;
    this.keys = keys;
  }

  /**
   * Starts the processes of all rivals that are installed and fills their caches.
   *
   * @param servers how many of ours; the rivals have one each
   */
  static Contest start(List<Rival> rivals, int servers, int size, int keys, Commands commands) {
    Contest contest = new Contest(rivals, keys);
    try {
      for (Rival rival : rivals) {
        if (commands.isInstalled(rival)) {
          System.err.println("Starting " + rival.label);
          Team team = Team.start(rival, rival == Rival.GROUPCACHE ? servers : 1, size, commands);
          contest.teams.put(rival, team);
          team.fill(keys);
        }
      }
      return contest;
    } catch (RuntimeException e) {
      contest.close();
      throw e;
    }
  }

  /** Has each team work for that long, for nothing. */
  void warmUp(String how, int callers, Duration length) {
    warmUp(rivals, how, callers, length);
  }

  /**
   * Has some teams work for that long, for nothing: a while at a time, so that what a team's
   * processes do about it, such as to compile, is done by the time that its turn comes again.
   */
  void warmUp(List<Rival> some, String how, int callers, Duration length) {
    long whiles = Math.max(1, length.dividedBy(WHILE));
    for (long i = 0; i < whiles; i++) {
      teams.forEach((rival, team) -> {
        if (some.contains(rival)) {
          team.load(how, callers, WHILE, keys);
        }
      });
    }
  }

  /** What the teams reach with so many callers, by the number of callers. */
  Map<Integer, Results> rounds(String how, List<Integer> callers, Duration length, int rounds) {
    Map<Integer, Results> results = new TreeMap<>();
    callers.forEach(count -> results.put(count, new Results(rivals)));
    for (int round = 0; round < rounds; round++) {
      results.forEach((count, reached) -> round(how, count, length, reached));
    }
    return results;
  }

  /** One turn of each team that has a place in the results. */
  void round(String how, int callers, Duration length, Results results) {
    List<String> told = new ArrayList<>();
    teams.forEach((rival, team) -> {
      if (results.has(rival)) {
        team.load(how, callers, length.dividedBy(10), keys); // finds its stride again
        Sample sample = team.load(how, callers, length, keys);
        results.add(rival, sample);
        told.add(rival.option() + " " + sample);
      }
    });
    System.err.println(how + ", " + callers + " callers: " + String.join(", ", told));
  }

  @Override
  public void close() {
    teams.values().forEach(Team::close);
  }
}
