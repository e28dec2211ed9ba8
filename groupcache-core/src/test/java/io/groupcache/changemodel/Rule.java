package io.groupcache.changemodel;

import java.util.EnumSet;
import java.util.Set;

/** The rules of the protocol. Without any one of them the search must find a broken promise. */
enum Rule {
  /** What was loaded or sent is kept only if its ticket is still good. */
  FENCE,
  /** A peer that forgets everything voids the tickets of what is under way, as a change does. */
  FORGETTING_VOIDS_TICKETS,
  /** No get joins a flight that was under way when the change was applied. */
  FLIGHTS_ARE_FORGOTTEN,
  /** A change is acknowledged once it has been applied, not while another thread applies it. */
  ACKNOWLEDGED_WHEN_APPLIED,
  /** A question is answered once all that it carries, or says was dropped, has been applied. */
  ANSWERED_WHEN_APPLIED,
  /** A question carries the changes that the asker has in its log. */
  KNOWLEDGE_TRAVELS,
  /** A question says up to which change the asker has dropped changes from its log. */
  DROPPED_CHANGES_ARE_SAID,
  /** Who takes over what another has dropped from its log says so itself from then on. */
  DROPPED_CHANGES_STAY_SAID,
  /** A change counts as known when it was received or forgotten, not when another peer says so. */
  KNOWN_IS_COUNTED,
  /** A woken peer asks before it answers. */
  WOKEN_ASKS_FIRST,
  /** What a new process began before its first exchange is not kept. */
  JOINER_KEEPS_NOTHING,
  /** What a new process began before its first exchange is not joined. */
  JOINER_SHARES_NOTHING,
  /** An acknowledgement names the peers on the ring of its sender. */
  RING_IS_NAMED,
  /** Peers that count on a contact are told and named, whether they are on the ring or not. */
  CONTACTS_ARE_NAMED,
  /** Contacts are processes: what was acknowledged by one is not known by the next. */
  CONTACTS_ARE_PROCESSES;

  static Set<Rule> all() {
    return EnumSet.allOf(Rule.class);
  }

  static Set<Rule> allBut(Rule... left) {
    Set<Rule> rules = EnumSet.allOf(Rule.class);
    Set.of(left).forEach(rules::remove);
    return rules;
  }
}
