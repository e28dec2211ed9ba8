package io.groupcache.benchmarks.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Teams that take turns, so that what else the machine does hits all of them alike. Only one has
 * work at a time.
 */
final class Contest implements AutoCloseable {

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
    teams.keySet().forEach(rival -> warmUp(rival, how, callers, length));
  }

  /** Has one team work for that long, for nothing. */
  void warmUp(Rival rival, String how, int callers, Duration length) {
    Objects.requireNonNull(teams.get(rival)).load(how, callers, length, keys);
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
