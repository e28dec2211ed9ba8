package io.groupcache.internal.change;

import io.groupcache.GetContext;
import io.groupcache.PeerPicker;
import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.Change;
import io.groupcache.groupcachepb.ChangeId;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KnownChanges;
import io.groupcache.groupcachepb.PeerProcess;
import io.groupcache.internal.cache.Version;
import io.groupcache.internal.load.LoadThreads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The changes of the values of all groups: makes them, tells the other peers, and takes what they
 * tell. Safe for use from many threads.
 *
 * <p>A change is done here, in this order: questions to peers carry it from now on; the groups
 * forget what it is of, and void what is being loaded; it is known, and may be acknowledged.
 */
public final class Changes {

  /** How many bytes of changes are sent at a time to a peer that lacks them. */
  private static final int MAX_LACKED_BYTES = 1 << 18;

  private static final int MAX_KEYS_OF_A_CHANGE = 1000;
  private static final int MAX_KEY_BYTES_OF_A_CHANGE = 1 << 16;

  /** As how many keys all count, where it is bounded how many are forgotten. */
  private static final int KEYS_OF_ALL = 1_000;

  private final PeerPicker peers;
  private final LoadThreads executor;
  private final long timeoutNanos;
  private final long process;
  private final Author author;
  private final ChangeLog log;
  private final Contacts contacts;
  private final Map<String, Changeable> groups = new ConcurrentHashMap<>();
  private final Map<String, Telling> tellings = new ConcurrentHashMap<>();
  private final Pulse pulse;

  /**
   * Makes those of one process.
   *
   * @param peers knows the other peers
   * @param executor tells them; closed with this
   * @param timeoutNanos how long a change waits for them
   * @param process names this process
   */
  public Changes(PeerPicker peers, LoadThreads executor, long timeoutNanos, long process) {
    this(peers, executor, timeoutNanos, process, System::nanoTime, System::currentTimeMillis);
  }

  Changes(
      PeerPicker peers,
      LoadThreads executor,
      long timeoutNanos,
      long process,
      LongSupplier nanos,
      LongSupplier wallMillis) {
    this.peers = peers;
    this.executor = executor;
    this.timeoutNanos = timeoutNanos;
    this.process = process;
    this.author = new Author(nanos, wallMillis);
    this.log = new ChangeLog(nanos);
    this.contacts = new Contacts(peers, nanos, wallMillis);
    this.pulse = new Pulse(this, contacts, executor);
  }

  /** Takes part for a group from now on. */
  public void add(String group, Changeable changeable) {
    groups.put(group, changeable);
    pulse.begin();
    if (!pulse.isJoined()) {
      changeable.keep(false);
      changeable.hide(true); // so that its gets wait: what they began now others could join
      if (pulse.isJoined()) { // meanwhile, and it may not have known of this group then
        changeable.keep(true);
        changeable.hide(false);
      }
    }
  }

  /** Removes keys everywhere; there must be some. */
  public ChangeOutcome remove(String group, Collection<String> keys) {
    List<List<String>> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    int bytes = 0;
    for (String key : keys) {
      if (part.size() == MAX_KEYS_OF_A_CHANGE || bytes > MAX_KEY_BYTES_OF_A_CHANGE) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(key);
      bytes += 3 * key.length();
    }
    parts.add(part);
    return make(group, parts, null);
  }

  /** Removes all keys everywhere. */
  public ChangeOutcome clear(String group) {
    return make(group, List.of(List.of()), null);
  }

  /** Removes a key everywhere, and has its owner hold a value of that version. */
  public ChangeOutcome set(String group, String version, String key, GetResponse value) {
    return make(
        group,
        List.of(List.of(key)),
        Change.newBuilder().setValue(value).setVersion(version).buildPartial());
  }

  /**
   * Makes a change of each part of the keys.
   *
   * @param value what the owner of the only key is told besides; null where there is no value
   */
  private ChangeOutcome make(String group, List<List<String>> parts, @Nullable Change value) {
    long deadline = System.nanoTime() + timeoutNanos;
    pulse.askBeforeFirstChange(timeoutNanos / 2);
    ProtoGetter owner = value == null ? null : peers.pickPeer(parts.get(0).get(0));
    List<Acknowledgements> all = new ArrayList<>();
    for (List<String> keys : parts) {
      Change change = author.next(group, keys);
      Change withValue = value == null ? change : change.toBuilder().mergeFrom(value).build();
      apply(owner == null ? withValue : change);
      // Not sooner: who comes now, and has asked what it has missed, may not have heard of it.
      Map<String, ProtoGetter> others = contacts.toTell();
      tellings.keySet().retainAll(others.keySet());
      Acknowledgements awaited = new Acknowledgements(deadline);
      Acknowledgements notAwaited = new Acknowledgements(deadline);
      Map<String, Acknowledgements> ofPeers = new HashMap<>();
      // Before the first of them can answer, and name the others, who are told without the value.
      for (String url : others.keySet()) {
        Acknowledgements ofPeer = contacts.hasLeft(url) ? notAwaited : awaited;
        ofPeer.expect(url, 0);
        ofPeers.put(url, ofPeer);
      }
      others.forEach((url, way) ->
          telling(url, way)
              .tell(
                  List.of(way.equals(owner) ? withValue : change),
                  Objects.requireNonNull(ofPeers.get(url))));
      all.add(awaited);
    }
    TreeSet<String> pending = new TreeSet<>();
    all.forEach(each -> pending.addAll(each.await()));
    return new ChangeOutcome(
        peers.others().isPresent() && pending.isEmpty(),
        List.copyOf(pending),
        pending.stream().filter(contacts::isMute).toList());
  }

  private Telling telling(String url, ProtoGetter way) {
    return tellings.compute(
        url,
        (name, known) ->
            known != null && known.goesBy(way) ? known : new Telling(url, way, executor, this));
  }

  /**
   * A peer that was told names others, or other processes, than have been told: they are told, too.
   */
  void tellThoseWhoLack(Exchange answer, List<Change> told, Acknowledgements acknowledgements) {
    List<Change> changes = told.stream().map(ChangeLog::withoutValue).toList();
    for (PeerProcess peer : answer.getPeerList()) {
      contacts
          .way(peer.getUrl())
          .filter(way -> acknowledgements.expect(peer.getUrl(), peer.getProcess()))
          .ifPresent(way -> telling(peer.getUrl(), way).tell(changes, acknowledgements));
    }
  }

  /** What a question about a key has to carry. */
  public List<ChangeId> of(String group, String key) {
    return log.isEmpty() ? List.of() : log.of(group, key);
  }

  /** Has a question to a peer carry what is known by the time it is sent. */
  public GetContext carriedBy(GetContext context, String group) {
    return context.withChanges(key -> of(group, key));
  }

  /**
   * Before a peer is answered: this peer has missed nothing, and knows what the question carries.
   */
  public void prepareToAnswer(String group, String key, List<ChangeId> carried) {
    pulse.awaitTouch();
    for (ChangeId said : carried) {
      author.hasMade(said.getAuthor(), said.getNumber());
      long stamp = author.reasonable(said.getStamp());
      ChangeId id = stamp == said.getStamp() ? said : said.toBuilder().setStamp(stamp).build();
      if (id.getScope() == ChangeId.Scope.ALL_BEFORE) {
        if (log.isBehind(id.getAuthor(), id.getNumber())) {
          forget(
              List.of(
                  KnownChanges.newBuilder()
                      .setAuthor(id.getAuthor())
                      .setDropped(id.getNumber())
                      .setCrowded(id.getNumber())
                      .build()));
        }
      } else if (log.beginCarried(group, key, id)) {
        author.seen(id.getStamp());
        Changeable changed = groups.get(group);
        if (changed != null) {
          changed.change(key, new Version(id.getStamp(), id.getAuthor()));
        }
        log.appliedCarried(group, key, id);
      }
    }
  }

  /**
   * How many keys this peer would have to forget for what a peer says; {@value #KEYS_OF_ALL} where
   * it is all of a group, or of all groups.
   */
  public int countForgotten(Exchange said) {
    int forgotten = said.getPulse() && log.isBehind(said.getKnownList()) ? KEYS_OF_ALL : 0;
    for (Change change : said.getChangeList()) {
      if (log.isNews(change)) {
        forgotten += change.getAll() ? KEYS_OF_ALL : change.getKeyCount();
      }
    }
    return forgotten;
  }

  /** The same for what a question about a key carries. */
  public int countForgotten(String group, String key, List<ChangeId> carried) {
    int forgotten = 0;
    for (ChangeId id : carried) {
      if (id.getScope() != ChangeId.Scope.ALL_BEFORE) {
        forgotten += log.isNews(group, key, id) ? 1 : 0;
      } else if (log.isBehind(id.getAuthor(), id.getNumber())) {
        forgotten += KEYS_OF_ALL;
      }
    }
    return forgotten;
  }

  /** Waits while what is held is hidden. */
  public void awaitTouch() {
    pulse.awaitTouch();
  }

  /**
   * Takes what a peer says, and answers it.
   *
   * @throws IllegalArgumentException when it makes no sense; the message tells a person why
   */
  public Exchange answer(Exchange said) {
    if (take(said) && said.getPulse() && said.getAwake()) {
      contacts.isTold();
    }
    Exchange.Builder answer = message();
    boolean sameRing = said.getRing() == answer.getRing();
    answer.addAllPeer(contacts.named(sameRing, timeoutNanos + Contacts.MOST_SILENCE_NANOS));
    if (said.getPulse()) {
      answer
          .setPulse(true)
          .addAllKnown(log.known())
          .addAllChange(log.lackedBy(said.getKnownList(), MAX_LACKED_BYTES));
      contacts.mayBeInTouch(said.getUrl());
    } else {
      answer.addAllKnown(
          log.known(
              said.getChangeList().stream().map(Change::getAuthor).collect(Collectors.toSet())));
    }
    return answer.build();
  }

  /** From now on this peer has something to say, and a stamp that others can answer. */
  void beginToChange() {
    author.begin();
  }

  /** A peer has answered what it was told; false when it can't have known what it says it knows. */
  boolean heard(String url, Exchange answer) {
    author.seen(answer.getStamp());
    contacts.heard(answer.toBuilder().setUrl(url).build());
    Map<Long, Long> known = log.ofKnownAuthors(answer.getKnownList());
    contacts.knows(url, known);
    return known.entrySet().stream()
        .allMatch(each -> author.hasMade(each.getKey(), each.getValue()));
  }

  /**
   * A process has asked for a key that was started a moment ago.
   *
   * @param isProven whether it has proved to be a peer, so that it is told though it is on no ring
   */
  public void noteNewcomer(String url, long process, boolean isProven) {
    if (isProven) {
      contacts.mayBeInTouch(url);
    }
    contacts.noteProcess(url, process);
  }

  /** Takes what a peer says; false when it knows more than it said. */
  boolean take(Exchange said) {
    check(said);
    author.seen(said.getStamp());
    for (KnownChanges each : said.getKnownList()) {
      author.hasMade(each.getAuthor(), Math.max(each.getNumber(), each.getDropped()));
    }
    for (Change change : said.getChangeList()) {
      author.hasMade(change.getAuthor(), change.getNumber());
      long stamp = author.reasonable(change.getStamp());
      apply(stamp == change.getStamp() ? change : change.toBuilder().setStamp(stamp).build());
    }
    contacts.heard(said);
    if (!said.getPulse()) {
      return true;
    }
    if (log.isBehind(said.getKnownList())) {
      forget(said.getKnownList());
    }
    return !log.lacksAnyOf(said.getKnownList());
  }

  /** Says all that this peer knows, with what another lacks that was heard to know so much. */
  Exchange pulse(@Nullable Exchange heard) {
    Exchange.Builder pulse = message().setPulse(true).addAllKnown(log.known());
    if (heard != null) {
      pulse.addAllChange(log.lackedBy(heard.getKnownList(), MAX_LACKED_BYTES));
    }
    return pulse.build();
  }

  /** Whether a peer that was heard to know so much lacks nothing. */
  boolean hasAll(Exchange heard) {
    return log.countLackedBy(ChangeLog.numbers(heard.getKnownList())) == 0;
  }

  /** A message of this peer, with nothing in it yet. */
  Exchange.Builder message() {
    Exchange.Builder message =
        Exchange.newBuilder()
            .setProcess(process)
            .setRing(peers.fingerprint())
            .setStamp(author.lastStamp())
            .setAwake(pulse.isAwake());
    peers.self().ifPresent(message::setUrl);
    if (pulse.hasLeft()) {
      message.setGoodbye(true);
    }
    return message;
  }

  /**
   * How many changes a peer has yet to hear of, as far as is known: of those made here, and where
   * it can't be told, of all.
   */
  public long pending(String url) {
    Map<Long, Long> known = contacts.knownTo(url);
    boolean canBeTold = !contacts.isAway(url) && !contacts.isMute(url);
    // Where it can, others tell it of theirs, which is not heard here.
    return canBeTold ? log.countLackedBy(known, author.id()) : log.countLackedBy(known);
  }

  /** Hands on what the others lack, says goodbye, and takes no part any more. */
  public void leave() {
    pulse.leave();
  }

  /** Takes part again. */
  public void join() {
    pulse.join();
  }

  /** Ends the threads. */
  public void close() {
    pulse.close();
    executor.close();
  }

  Contacts contacts() {
    return contacts;
  }

  Collection<Changeable> groups() {
    return groups.values();
  }

  /** Forgets everything that may have changed in a way that nobody can tell any more. */
  void forget(Collection<KnownChanges> dropped) {
    log.beginForgetting(dropped);
    groups.values().forEach(Changeable::changeAll);
    log.forgotten(dropped);
  }

  private void apply(Change change) {
    boolean isNew = log.begin(change);
    if (!isNew && !change.hasValue()) { // others may have told of it, but not of its value
      return;
    }
    author.seen(change.getStamp());
    Changeable changed = groups.get(change.getGroup());
    if (changed != null) {
      apply(change, changed);
    }
    if (isNew) {
      log.applied(change);
    }
  }

  private void apply(Change change, Changeable changed) {
    Version version = new Version(change.getStamp(), change.getAuthor());
    if (change.getAll()) {
      changed.changeAll();
    } else if (change.hasValue() && changed.reads(change.getVersion())) {
      changed.set(change.getKey(0), change.getValue(), version, () -> log.isLatestOfItsKey(change));
    } else {
      change.getKeyList().forEach(key -> changed.change(key, version));
    }
  }

  private static void check(Exchange said) {
    if (said.getKnownCount() > ChangeLog.MAX_AUTHORS) {
      throw new IllegalArgumentException(
          "No ring has " + said.getKnownCount() + " processes that change values");
    }
    said.getChangeList().forEach(Changes::check);
  }

  private static void check(Change change) {
    if (change.getNumber() <= 0
        || change.getStamp() < 0
        || change.getGroup().isEmpty()
        || change.getAll() != (change.getKeyCount() == 0)
        || (change.hasValue() && change.getKeyCount() != 1)) {
      throw new IllegalArgumentException(
          "A change has a number, a stamp, a group, and keys or all of them; one with a value has"
              + " one key");
    }
  }
}
