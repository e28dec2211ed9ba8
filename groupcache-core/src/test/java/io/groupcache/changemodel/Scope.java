package io.groupcache.changemodel;

/**
 * How much may happen in a search, each at any moment: nothing else bounds it.
 *
 * @param changes changes of the key
 * @param flights loads and questions to peers that are begun
 * @param appliedAtOnce whether a change is applied in one step, not in three
 * @param crashes processes that end; another may begin under the URL of each
 * @param sleeps peers that have no contact with anybody for L
 * @param silences peers that have no contact with one other for L
 * @param departures peers that another peer's ring loses
 * @param cuts pairs of peers that can't reach each other from some moment on
 * @param drops changes that a peer drops from its log for want of room
 */
record Scope(
    int changes,
    int flights,
    boolean appliedAtOnce,
    int crashes,
    int sleeps,
    int silences,
    int departures,
    int cuts,
    int drops) {

  /** Nothing goes wrong, and each change is applied in three steps. */
  static Scope of(int changes, int flights) {
    return new Scope(changes, flights, false, 0, 0, 0, 0, 0, 0);
  }

  Scope withChangesAppliedAtOnce() {
    return new Scope(changes, flights, true, crashes, sleeps, silences, departures, cuts, drops);
  }

  Scope withFlights(int number) {
    return new Scope(
        changes, number, appliedAtOnce, crashes, sleeps, silences, departures, cuts, drops);
  }

  Scope withCrashes(int number) {
    return new Scope(
        changes, flights, appliedAtOnce, number, sleeps, silences, departures, cuts, drops);
  }

  Scope withSleeps(int number) {
    return new Scope(
        changes, flights, appliedAtOnce, crashes, number, silences, departures, cuts, drops);
  }

  Scope withSilences(int number) {
    return new Scope(
        changes, flights, appliedAtOnce, crashes, sleeps, number, departures, cuts, drops);
  }

  Scope withDepartures(int number) {
    return new Scope(
        changes, flights, appliedAtOnce, crashes, sleeps, silences, number, cuts, drops);
  }

  Scope withCuts(int number) {
    return new Scope(
        changes, flights, appliedAtOnce, crashes, sleeps, silences, departures, number, drops);
  }

  Scope withDrops(int number) {
    return new Scope(
        changes, flights, appliedAtOnce, crashes, sleeps, silences, departures, cuts, number);
  }
}
