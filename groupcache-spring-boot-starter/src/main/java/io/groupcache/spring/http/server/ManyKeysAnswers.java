package io.groupcache.spring.http.server;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.groupcachepb.ChangeId;
import io.groupcache.groupcachepb.GetManyRequest;
import io.groupcache.spring.http.server.PromisedLoad.Outcome;
import io.groupcache.spring.http.wire.KeyResponses;
import io.groupcache.spring.http.wire.MalformedRequestException;
import io.groupcache.spring.http.wire.ManyKeys;
import io.groupcache.spring.http.wire.PeerError;
import io.groupcache.spring.http.wire.PeerPath;
import io.groupcache.spring.http.wire.ProcessId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * Answers questions about many keys: with the values that are at hand, as many as fit, and with the
 * loads that bring the rest. Safe for use from many threads.
 */
final class ManyKeysAnswers {

  private final GroupCache groupCache;
  private final ProcessId process;
  private final PromisedLoads promised;
  private final LoadsForPeers loads;
  private final AnswerThreads threads;
  private final UnprovenChanges unproven;

  ManyKeysAnswers(
      GroupCache groupCache,
      ProcessId process,
      PromisedLoads promised,
      LoadsForPeers loads,
      AnswerThreads threads,
      UnprovenChanges unproven) {
    this.groupCache = groupCache;
    this.process = process;
    this.promised = promised;
    this.loads = loads;
    this.threads = threads;
    this.unproven = unproven;
  }

  /**
   * Answers a question.
   *
   * @param message what is told of a getter's failure
   * @param hold how long it is held where nothing is at hand
   * @throws MalformedRequestException when it is malformed
   */
  void answer(
      Group group,
      GetManyRequest question,
      GetContext context,
      BiFunction<PeerPath, LoadException, String> message,
      HttpServletRequest request,
      HttpServletResponse response,
      Duration hold)
      throws IOException {
    Map<String, Integer> indexes = ManyKeys.keys(question);
    Map<Integer, List<String>> ancestors = ManyKeys.ancestors(question);
    Map<Integer, List<ChangeId>> changes = ManyKeys.changes(question);
    if (!changes.isEmpty()
        && !unproven.admit(request, () -> countForgotten(group, indexes, changes))) {
      UnprovenChanges.refuse(response);
      return;
    }
    KeyResponses said = new KeyResponses(process, indexes.size());
    List<PromisedLoad> rest = new ArrayList<>();
    Map<List<String>, List<String>> missing = new LinkedHashMap<>();
    OutcomeBudget budget = new OutcomeBudget();
    int told = 0;
    for (Map.Entry<String, Integer> each : indexes.entrySet()) {
      List<ChangeId> known = changes.getOrDefault(each.getValue(), List.of());
      GetContext carrying = known.isEmpty() ? context : context.withChanges(key -> known);
      GetResult held;
      try {
        held = group.getIfPresent(carrying, each.getKey());
      } catch (KeyNotFoundException remembered) {
        said.failure(
            each.getValue(), PeerError.KEY_NOT_FOUND, String.valueOf(remembered.getMessage()));
        told++;
        continue;
      }
      if (held == null) {
        missing
            .computeIfAbsent(
                ancestors.getOrDefault(each.getValue(), List.of()), names -> new ArrayList<>())
            .add(each.getKey());
      } else if (budget.admits(held.value().length())) {
        said.value(each.getValue(), held);
        told++;
      } else {
        rest.add(kept(group, each.getKey(), held));
      }
    }
    missing.forEach(
        (names, keys) -> rest.addAll(loads.begin(group, context, keys, names, message)));
    if (told > 0) {
      add(said, indexes, rest, budget);
      send(response, said);
    } else {
      new HeldRequest(
              rest,
              later -> {
                add(said, indexes, rest, budget);
                send(later, said);
              },
              threads)
          .hold(request, response, hold.toNanos());
    }
  }

  private int countForgotten(
      Group group, Map<String, Integer> indexes, Map<Integer, List<ChangeId>> changes) {
    return indexes.entrySet().stream()
        .mapToInt(key ->
            groupCache.countForgotten(
                group.name(), key.getKey(), changes.getOrDefault(key.getValue(), List.of())))
        .sum();
  }

  /** A value that is at hand and does not fit into this answer: it can be fetched at once. */
  private PromisedLoad kept(Group group, String key, GetResult held) {
    PromisedLoad load = promised.add(group.name(), key, List.of());
    promised.land(load, new Outcome.Value(held));
    return load;
  }

  private void add(
      KeyResponses said,
      Map<String, Integer> indexes,
      List<PromisedLoad> rest,
      OutcomeBudget budget) {
    for (PromisedLoad load : rest) {
      int index = Objects.requireNonNull(indexes.get(load.key()));
      Outcome outcome = load.outcome();
      if (outcome != null && budget.admits(outcome)) {
        promised.remove(load);
        add(said, index, outcome);
      } else {
        said.loading(index, load.id());
      }
    }
  }

  static void add(KeyResponses said, int index, Outcome outcome) {
    if (outcome instanceof Outcome.Value value) {
      said.value(index, value.result());
    } else if (outcome instanceof Outcome.Failure failure) {
      said.failure(index, failure.error(), failure.sentence());
    }
  }

  static void send(HttpServletResponse response, KeyResponses said) throws IOException {
    response.setContentType(PeerController.PROTOBUF);
    response.setContentLengthLong(said.size());
    said.writeTo(response.getOutputStream());
  }
}
