package io.groupcache.changemodel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The protocol by which a change gets everywhere: what can happen in a world, by its rules. */
final class Protocol {

  private final List<Part> parts;

  Protocol(Set<Rule> rules) {
    parts = List.of(new Gets(rules), new Changes(rules), new Exchanges(rules), new Faults());
  }

  /** All that can happen. */
  List<Step> stepsFrom(World world) {
    List<Step> steps = new ArrayList<>();
    for (Part part : parts) {
      part.stepsFrom(world, steps::add);
    }
    steps.forEach(step -> letGetsJoin(step.next()));
    return steps;
  }

  /** Gets may begin at any time, and wait for what they find under way. */
  private static void letGetsJoin(World world) {
    int complete = world.lastComplete();
    for (int i = 0; i < world.flights.size(); i++) {
      Flight flight = world.flights.get(i);
      if (flight.awaited < complete
          && flight.isJoinedByAskersGets()
          && world.keepsPromises(flight.asker)) {
        world.flightToChange(i).awaited = complete;
      }
    }
  }
}
