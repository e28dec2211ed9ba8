package io.groupcache.spring.http.server;

import io.groupcache.groupcachepb.WaitRequest;
import io.groupcache.groupcachepb.WaitedLoad;
import io.groupcache.spring.http.server.PromisedLoad.Outcome;
import io.groupcache.spring.http.wire.KeyResponses;
import io.groupcache.spring.http.wire.PeerError;
import io.groupcache.spring.http.wire.ProcessId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers peers that wait for loads which they were told of: one request of each peer is held at a
 * time. Safe for use from many threads.
 */
final class WaitAnswers {

  private final ProcessId process;
  private final PromisedLoads promised;
  private final AnswerThreads threads;
  private final Map<Long, HeldRequest> held = new ConcurrentHashMap<>();

  WaitAnswers(ProcessId process, PromisedLoads promised, AnswerThreads threads) {
    this.process = process;
    this.promised = promised;
    this.threads = threads;
  }

  /** Answers a wait, within the time that it may be held. */
  void answer(
      WaitRequest wait, HttpServletRequest request, HttpServletResponse response, Duration hold)
      throws IOException {
    KeyResponses said = new KeyResponses(process, wait.getLoadCount());
    Map<PromisedLoad, Integer> known = new LinkedHashMap<>();
    for (int i = 0; i < wait.getLoadCount(); i++) {
      PromisedLoad load = wait.getProcess() == process.value() ? find(wait.getLoad(i)) : null;
      if (load == null) {
        said.unknown(i);
      } else {
        known.put(load, i);
      }
    }
    HeldRequest next =
        new HeldRequest(List.copyOf(known.keySet()), later -> send(later, said, known), threads);
    held.values().removeIf(HeldRequest::isAnswered);
    HeldRequest replaced = held.put(wait.getAsker(), next);
    if (replaced != null) {
      replaced.end();
    }
    boolean allKnown = known.size() == wait.getLoadCount();
    next.hold(request, response, allKnown ? hold.toNanos() : 0);
  }

  private @Nullable PromisedLoad find(WaitedLoad waited) {
    PromisedLoad load = promised.find(waited.getId());
    if (load != null) {
      load.wanted(waited.getAncestorList());
      if (load.isItsOwnAncestor()) {
        promised.land(
            load,
            new Outcome.Failure(
                PeerError.LOAD_FAILED,
                "Key '" + load.key() + "' of group '" + load.group() + "' waits for itself"));
      }
    }
    return load;
  }

  private void send(
      HttpServletResponse response, KeyResponses said, Map<PromisedLoad, Integer> known)
      throws IOException {
    OutcomeBudget budget = new OutcomeBudget();
    known.forEach((load, index) -> {
      Outcome outcome = load.outcome();
      if (outcome != null && budget.admits(outcome)) {
        promised.remove(load);
        ManyKeysAnswers.add(said, index, outcome);
      }
    });
    ManyKeysAnswers.send(response, said);
  }
}
