package io.groupcache;

import io.groupcache.groupcachepb.ChangeId;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.internal.CommonSettings;
import io.groupcache.internal.Utf8;
import io.groupcache.internal.load.LoadThreads;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One peer's groups, by name, and the picker that knows the other peers. Instances share nothing;
 * safe for use from many threads.
 */
public final class GroupCache implements AutoCloseable {

  private final CommonSettings settings;
  private final Map<String, Group> groups = new ConcurrentHashMap<>();
  private final Map<String, Group> groupsBetweenPeers = new ConcurrentHashMap<>();
  private final List<NewGroupHook> newGroupHooks = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /** Makes an instance whose groups ask the peers that {@code peers} picks. */
  public GroupCache(PeerPicker peers) {
    this(builder(peers).settings());
  }

  /** Makes an instance that mirrors the values of other peers as {@code promotion} says. */
  public GroupCache(PeerPicker peers, PromotionPolicy promotion) {
    this(builder(peers).promotion(promotion).settings());
  }

  GroupCache(CommonSettings settings) {
    this.settings = settings;
  }

  /** Makes an instance with a time-out, limits, and more of its own. */
  public static GroupCacheBuilder builder(PeerPicker peers) {
    return new GroupCacheBuilder(peers);
  }

  /**
   * Makes a group. Every peer must have a group of the same name, with a getter that gives the same
   * values.
   *
   * @param name the name, the same on all peers; not blank, and without a {@code /}
   * @param cacheBytes how many bytes of keys and values the main and the hot cache may hold
   *     together; 0 caches nothing, and still merges loads
   * @param getter loads the values of the keys that this peer owns
   * @throws IllegalArgumentException when an argument is no good, or the name is taken
   * @throws IllegalStateException when this instance is closed
   */
  public Group newGroup(String name, long cacheBytes, Getter getter) {
    return newGroup(name, GroupOptions.ofCacheBytes(cacheBytes), getter);
  }

  /**
   * Makes a group, as {@link #newGroup(String, long, Getter)} does, with more options.
   *
   * @throws IllegalArgumentException when an argument is no good, or the name is taken
   * @throws IllegalStateException when this instance is closed
   */
  public Group newGroup(String name, GroupOptions options, Getter getter) {
    checkName(name);
    check(getter != null, "The group '" + name + "' needs a getter, not null");
    check(
        options.cacheBytes() >= 0,
        "The group '" + name + "' can't have a limit of " + options.cacheBytes() + " bytes");
    check(
        options.maxConcurrentLoads() > 0,
        "The group '" + name + "' can't load with " + options.maxConcurrentLoads() + " at a time");
    if (closed) {
      throw new IllegalStateException("This GroupCache is closed");
    }
    Group group = new Group(name, options, getter, settings, () -> closed);
    add(group);
    newGroupHooks.forEach(hook -> hook.groupCreated(group));
    return group;
  }

  /**
   * The group of that name.
   *
   * @throws NoSuchGroupException when there is none
   */
  public Group group(String name) {
    return findGroup(name).orElseThrow(() -> new NoSuchGroupException(name, groups.keySet()));
  }

  /** The group of that name, if there is one. */
  public Optional<Group> findGroup(String name) {
    return Optional.ofNullable(groups.get(name));
  }

  /**
   * The group that peers ask for by that name, which has its version, if there is one: for those
   * who answer peers.
   */
  public Optional<Group> findGroupBetweenPeers(String name) {
    return Optional.ofNullable(groupsBetweenPeers.get(name));
  }

  /** All groups there are now. */
  public Collection<Group> groups() {
    return List.copyOf(groups.values());
  }

  /**
   * Calls {@code hook} for each group made from now on, in the thread that makes it, once the group
   * can be found by its name. What a hook throws reaches the maker of the group.
   */
  public void onNewGroup(NewGroupHook hook) {
    newGroupHooks.add(Objects.requireNonNull(hook, "hook"));
  }

  /**
   * Takes what another peer says of changes, and gives the answer: for those who answer peers, to
   * what {@link ProtoGetter#exchange} sent there. Where it sends values, see to it that the sender
   * has proved who it is.
   *
   * @throws IllegalArgumentException when it makes no sense; the message tells a person why
   */
  public Exchange answer(Exchange said) {
    return settings.changes().answer(said);
  }

  /**
   * Notes that a process which was started a moment ago has asked for a key: whoever changes the
   * key has to tell it, though the process before it has been told.
   *
   * @param url its base URL, as it says itself
   * @param isProven whether it has proved to be a peer, so that it is told though it is on no ring
   */
  public void noteNewcomer(String url, long process, boolean isProven) {
    settings.changes().noteNewcomer(url, process, isProven);
  }

  /**
   * How many keys this peer would have to forget for what another peer says: for those who bound
   * that where the sender has not proved who it is. All keys count as a thousand.
   */
  public int countForgotten(Exchange said) {
    return settings.changes().countForgotten(said);
  }

  /** The same for the changes that a question about a key carries. */
  public int countForgotten(String group, String key, List<ChangeId> carried) {
    return settings.changes().countForgotten(group, key, carried);
  }

  /**
   * How many changes that peer has yet to hear of, as far as is known: of those that were made
   * here, and where it can't be told, of all.
   *
   * @param url the base URL of a peer on the ring
   */
  public long pendingChanges(String url) {
    return settings.changes().pending(url);
  }

  /**
   * Tells the other peers which changes they lack, and that this one leaves the ring: from then on
   * no change waits for it. It still answers them. Takes a second at most.
   */
  public void leave() {
    settings.changes().leave();
  }

  /** Takes part in the ring again after {@link #leave}. */
  public void join() {
    settings.changes().join();
  }

  /**
   * Leaves the ring as {@link #leave} does, empties all caches and refuses what would load a value
   * from now on. Loads under way go on, and their callers get their values, which are not held.
   * Closing again does nothing.
   */
  @Override
  public void close() {
    if (!closed) {
      leave();
    }
    closed = true;
    settings.changes().close();
    groups.values().forEach(Group::closeCaches);
    if (settings.executor() instanceof LoadThreads own) {
      own.close();
    }
  }

  private synchronized void add(Group group) {
    String betweenPeers = group.nameBetweenPeers();
    check(
        !groups.containsKey(group.name()) && !groupsBetweenPeers.containsKey(betweenPeers),
        "There is a group '" + betweenPeers + "' already; a name can be used once");
    group.takePart(); // before it can be found
    groups.put(group.name(), group);
    groupsBetweenPeers.put(betweenPeers, group);
  }

  private static void checkName(String name) {
    check(name != null && !name.isBlank(), "A group needs a name that is not blank");
    check(!name.contains("/"), "The name of a group can't have a '/': '" + name + "'");
    check(Utf8.isWellFormed(name), "The name of a group must be well-formed text: '" + name + "'");
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw new IllegalArgumentException(message);
    }
  }
}
