package io.groupcache.changemodel;

import static io.groupcache.changemodel.World.bit;
import static io.groupcache.changemodel.World.has;
import static io.groupcache.changemodel.World.name;

import io.groupcache.changemodel.Flight.Phase;
import io.groupcache.changemodel.Peer.Knowledge;
import io.groupcache.changemodel.Peer.Life;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gets that miss. Whom a peer takes for the owner is left open: it may load itself, or ask any peer
 * on its ring. A value may be missed at any time, as if it had been evicted. Gets that hit, or that
 * join a flight, need no step: the promises look at what they would be given.
 */
final class Gets implements Part {

  private final Set<Rule> rules;

  Gets(Set<Rule> rules) {
    this.rules = rules;
  }

  @Override
  public void stepsFrom(World world, Consumer<Step> steps) {
    if (world.left.flights() > 0) {
      for (int peer = 0; peer < World.PEERS; peer++) {
        begin(world, peer, steps);
      }
    }
    for (int i = 0; i < world.flights.size(); i++) {
      Flight flight = world.flights.get(i);
      switch (flight.phase) {
        case ASKED -> answer(world, i, steps);
        case LOADING -> endLoad(world, i, steps);
        case ANSWERED -> arrive(world, i, steps);
      }
    }
  }

  private void begin(World world, int peer, Consumer<Step> steps) {
    if (!world.peers[peer].isUp() || world.isAsleep(peer)) {
      return;
    }
    if (world.flights.stream().noneMatch(flight -> isLoadToJoin(flight, peer))) {
      World next = world.copy();
      Flight flight = new Flight(peer, peer, Phase.LOADING);
      flight.awaited = world.keepsPromises(peer) ? world.lastComplete() : 0;
      load(next, flight);
      take(next, flight);
      steps.accept(
          new Step(
              () -> "%s begins to load version %d".formatted(name(peer), flight.version), next));
    }
    if (world.flights.stream().anyMatch(flight -> isQuestionToJoin(flight, peer))) {
      return;
    }
    for (int other = 0; other < World.PEERS; other++) {
      if (other != peer && has(world.peers[peer].ring, other) && world.canReach(peer, other)) {
        ask(world, peer, other, steps);
      }
    }
  }

  private void ask(World world, int peer, int other, Consumer<Step> steps) {
    World next = world.copy();
    Flight flight = new Flight(peer, other, Phase.ASKED);
    Peer asker = world.peers[peer];
    flight.askersTicket = asker.life != Life.JOINING || !rules.contains(Rule.JOINER_KEEPS_NOTHING);
    flight.canBeJoinedAtAsker =
        asker.life != Life.JOINING || !rules.contains(Rule.JOINER_SHARES_NOTHING);
    flight.awaited = world.keepsPromises(peer) ? world.lastComplete() : 0;
    for (int change = 0; change < world.changes.size(); change++) {
      if (asker.knows[change].isInLog() && rules.contains(Rule.KNOWLEDGE_TRAVELS)) {
        flight.carried |= bit(change);
      }
      if (world.hasDropped(asker, change) && rules.contains(Rule.DROPPED_CHANGES_ARE_SAID)) {
        flight.carriedAsDropped |= bit(change);
      }
    }
    take(next, flight);
    steps.accept(new Step(() -> "%s misses and asks %s".formatted(name(peer), name(other)), next));
  }

  private static void take(World next, Flight flight) {
    next.flights.add(flight);
    next.left = next.left.withFlights(next.left.flights() - 1);
  }

  /** The getter of the answerer begins to read the source of truth. */
  private void load(World world, Flight flight) {
    boolean joining = world.peers[flight.answerer].life == Life.JOINING;
    flight.phase = Phase.LOADING;
    flight.version = world.changes.size();
    flight.answerersTicket = !joining || !rules.contains(Rule.JOINER_KEEPS_NOTHING);
    flight.canBeJoinedAtAnswerer = !joining || !rules.contains(Rule.JOINER_SHARES_NOTHING);
  }

  private static boolean isLoadToJoin(Flight flight, int peer) {
    return flight.phase == Phase.LOADING && flight.answerer == peer && flight.canBeJoinedAtAnswerer;
  }

  private static boolean isQuestionToJoin(Flight flight, int peer) {
    return !flight.isLocal() && flight.asker == peer && flight.canBeJoinedAtAsker;
  }

  private void answer(World world, int index, Consumer<Step> steps) {
    Flight question = world.flights.get(index);
    int answerer = question.answerer;
    Peer peer = world.peers[answerer];
    if (world.isAsleep(answerer) || !world.canReach(question.asker, answerer)) {
      return;
    }
    if (isNewTo(world, question)) {
      World next = world.copy();
      learn(next, next.flights.get(index));
      steps.accept(
          new Step(
              () ->
                  "%s reads %s's question and what it carries"
                      .formatted(name(answerer), name(question.asker)),
              next));
      return;
    }
    if (rules.contains(Rule.ANSWERED_WHEN_APPLIED)
        && isBeingApplied(peer, question.carried | question.carriedAsDropped)) {
      return;
    }
    if (peer.cached != Peer.NOTHING) {
      World next = world.copy();
      Flight flight = next.flightToChange(index);
      flight.phase = Phase.ANSWERED;
      flight.version = peer.cached;
      steps.accept(
          new Step(
              () ->
                  "%s answers %s version %d from its cache"
                      .formatted(name(answerer), name(flight.asker), flight.version),
              next));
    }
    World next = world.copy();
    Flight flight = next.flightToChange(index);
    world.flights.stream()
        .filter(other -> isLoadToJoin(other, answerer))
        .findAny()
        .ifPresentOrElse(load -> join(flight, load), () -> load(next, flight));
    steps.accept(
        new Step(
            () ->
                "%s loads version %d for %s"
                    .formatted(name(answerer), flight.version, name(flight.asker)),
            next));
  }

  private static void join(Flight flight, Flight load) {
    flight.phase = Phase.LOADING;
    flight.version = load.version;
    flight.answerersTicket = load.answerersTicket;
    flight.canBeJoinedAtAnswerer = load.canBeJoinedAtAnswerer;
  }

  private static boolean isNewTo(World world, Flight question) {
    Peer peer = world.peers[question.answerer];
    for (int change = 0; change < world.changes.size(); change++) {
      if (has(question.carried | question.carriedAsDropped, change)
          && peer.knows[change] == Knowledge.UNKNOWN) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBeingApplied(Peer peer, int changes) {
    for (int change = 0; change < peer.knows.length; change++) {
      if (has(changes, change) && !peer.knows[change].isApplied()) {
        return true;
      }
    }
    return false;
  }

  private void learn(World next, Flight question) {
    Knowing knowing = new Knowing(next, question.answerer, rules);
    knowing.takeOverDropped(question.carriedAsDropped);
    knowing.log(question.carried);
  }

  private void endLoad(World world, int index, Consumer<Step> steps) {
    World next = world.copy();
    Flight flight = next.flightToChange(index);
    boolean kept = keep(next, flight.answerer, flight.answerersTicket, flight.version);
    if (flight.isLocal()) {
      next.flights.remove(index);
      give(next, flight);
    } else {
      flight.phase = Phase.ANSWERED;
      flight.answerersTicket = false;
      flight.canBeJoinedAtAnswerer = false;
    }
    steps.accept(
        new Step(
            () ->
                "%s has loaded version %d%s"
                    .formatted(name(flight.answerer), flight.version, kept ? " and keeps it" : ""),
            next));
  }

  private void arrive(World world, int index, Consumer<Step> steps) {
    if (!world.canReach(world.flights.get(index).asker, world.flights.get(index).answerer)) {
      return;
    }
    World next = world.copy();
    Flight flight = next.flights.remove(index);
    boolean kept = keep(next, flight.asker, flight.askersTicket, flight.version);
    give(next, flight);
    steps.accept(
        new Step(
            () ->
                "%s receives version %d from %s%s"
                    .formatted(
                        name(flight.asker),
                        flight.version,
                        name(flight.answerer),
                        kept ? " and keeps it" : ""),
            next));
  }

  /** The older value wins: the newer one could as well come later, so nothing is left out. */
  private boolean keep(World next, int peer, boolean ticket, int version) {
    boolean kept = ticket || !rules.contains(Rule.FENCE);
    int cached = next.peers[peer].cached;
    if (kept && (cached == Peer.NOTHING || version < cached)) {
      next.peerToChange(peer).cached = version;
    }
    return kept;
  }

  private static void give(World next, Flight flight) {
    if (flight.version < flight.awaited) {
      next.broken = Promise.READ_AFTER_REMOVAL;
    }
  }
}
