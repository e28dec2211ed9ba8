package io.groupcache.spring.fault;

import static org.awaitility.Awaitility.await;

import io.groupcache.consistenthash.ConsistentHash;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.spring.ring.GoPeer;
import io.groupcache.spring.ring.JavaPeer;
import io.groupcache.spring.ring.PeerCommand.Language;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The members of a ring, and a client that owns nothing. */
final class FaultRing implements AutoCloseable {

  private static final Duration TIME_TO_SERVE = Duration.ofSeconds(90);

  private final List<RingMember> members;
  private final ConsistentHash owners;
  private final RingClient client;
  private final AtomicInteger number = new AtomicInteger();

  /** Starts the peers, and returns when all of them know that all answer. */
  FaultRing(List<RingMember> members) {
    this.members = List.copyOf(members);
    List<String> urls = urls(members);
    this.owners = new ConsistentHash(50, HashFunction.crc32(), urls);
    this.client = new RingClient(urls);
    processes().forEach(ProcessMember::launch);
    processes().forEach(ProcessMember::awaitReady);
  }

  /** A Java peer of a ring of those URLs, which listens at a port. */
  static ProcessMember java(
      String name, String url, int port, List<String> urls, String... arguments) {
    return new ProcessMember(
        name,
        Language.JAVA,
        url,
        url(port),
        log -> javaPeer(log, arguments).process(url, port, urls));
  }

  /** The same with a wall clock of its own. */
  static ProcessMember java(
      String name, String url, int port, List<String> urls, WallClock clock, String... arguments) {
    return new ProcessMember(
        name,
        Language.JAVA,
        url,
        url(port),
        log -> clock.of(javaPeer(log, arguments).process(url, port, urls)));
  }

  /** A Go peer of a ring of those URLs. */
  static ProcessMember go(String name, String url, List<String> urls) {
    return new ProcessMember(
        name,
        Language.GO,
        url,
        url,
        log -> new GoPeer(Language.GO, "-delay=5ms", "-run-log=" + log).process(url, urls));
  }

  static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  static List<String> urls(List<? extends RingMember> members) {
    return members.stream().map(RingMember::url).toList();
  }

  List<RingMember> members() {
    return members;
  }

  /** All members but some. */
  List<RingMember> without(RingMember... gone) {
    List<RingMember> rest = new ArrayList<>(members);
    rest.removeAll(List.of(gone));
    return rest;
  }

  RingClient client() {
    return client;
  }

  /** All that can have run a getter. */
  List<RingMember> everybody() {
    return Stream.concat(members.stream(), Stream.of(client)).toList();
  }

  Stream<ProcessMember> processes() {
    return members.stream().filter(ProcessMember.class::isInstance).map(ProcessMember.class::cast);
  }

  /** Those of the peers that fail over, as a Go peer does not. */
  Stream<ProcessMember> javaPeers() {
    return processes().filter(peer -> !peer.isGo());
  }

  /** Whoever can be asked. */
  List<Target> targets() {
    return Stream.concat(javaPeers(), Stream.of(client)).map(Target.class::cast).toList();
  }

  /** A key that nobody has asked for, of that owner. */
  String newKeyOf(RingMember owner, String prefix) {
    return Stream.generate(() -> prefix + number.getAndIncrement())
        .filter(key -> owners.owner(key).equals(owner.url()))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until the owner is asked for its keys by everybody. */
  void awaitServing(RingMember owner, String prefix, Load load) {
    for (Target target : load.targets()) {
      await()
          .pollInterval(Duration.ofMillis(50))
          .atMost(TIME_TO_SERVE)
          .until(() -> {
            String key = newKeyOf(owner, prefix);
            load.get(target, key);
            return owner.hasLoaded(key);
          });
    }
  }

  /** Makes good what a failed test may have left. */
  void repair() {
    client.see(urls(members));
    for (ProcessMember peer : processes().toList()) {
      if (peer.isAlive()) {
        peer.thaw();
      } else {
        peer.start();
      }
      if (!peer.isGo()) {
        peer.see(urls(members));
      }
    }
  }

  @Override
  public void close() {
    client.close();
    processes().parallel().forEach(ProcessMember::close);
  }

  private static JavaPeer javaPeer(Path runLog, String... arguments) {
    List<String> all = new ArrayList<>(FaultSettings.ARGUMENTS);
    all.add("--test.run-log=" + runLog);
    all.addAll(List.of(arguments));
    return new JavaPeer(all);
  }
}
