package io.groupcache.benchmarks.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Teams that take turns, so that what else the machine does hits all of them alike. Only one has
 * work at a time.
 */
final class Contest implements AutoCloseable {

  private final Map<Rival, Team> teams = new EnumMap<>(Rival.class);
  private final List<Rival> absent = new ArrayList<>();

  /** Starts the processes of all rivals that are installed and fills their caches. */
  static Contest start(List<Rival> rivals, int servers, int size, int keys, Commands commands) {
    Contest contest = new Contest();
    try {
      for (Rival rival : rivals) {
        if (commands.isInstalled(rival)) {
          System.err.println("Starting " + rival.label);
          Team team = Team.start(rival, rival == Rival.GROUPCACHE ? servers : 1, size, commands);
          contest.teams.put(rival, team);
          team.fill(keys);
        } else {
          contest.absent.add(rival);
        }
      }
      return contest;
    } catch (RuntimeException e) {
      contest.close();
      throw e;
    }
  }

  /** Has each team work for that long, for nothing. */
  void warmUp(String how, int callers, Duration length, int keys) {
    teams.values().forEach(team -> team.load(how, callers, length, keys));
  }

  /** What each team reached, round by round. */
  Map<Rival, List<Sample>> rounds(String how, int callers, Duration length, int keys, int rounds) {
    Map<Rival, List<Sample>> samples = new EnumMap<>(Rival.class);
    absent.forEach(rival -> samples.put(rival, List.of()));
    for (int round = 0; round < rounds; round++) {
      teams.forEach((rival, team) -> {
        Sample sample = team.load(how, callers, length, keys);
        System.err.printf("%s, %d callers, %s: %s%n", how, callers, rival.label, sample);
        samples.computeIfAbsent(rival, none -> new ArrayList<>()).add(sample);
      });
    }
    return samples;
  }

  /** The rivals' medians of one figure, by their names in the table. */
  static Map<String, Double> beside(
      Map<Rival, List<Sample>> samples, ToDoubleFunction<Sample> figure) {
    Map<String, Double> beside = new LinkedHashMap<>();
    samples.forEach((rival, rounds) -> {
      if (rival != Rival.GROUPCACHE) {
        beside.put(rival.label, Sample.median(rounds, figure));
      }
    });
    return beside;
  }

  @Override
  public void close() {
    teams.values().forEach(Team::close);
  }
}
