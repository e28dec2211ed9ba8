package io.groupcache.spring.fault;

import static io.groupcache.spring.ring.PeerApplication.TIMED;
import static io.groupcache.spring.ring.PeerApplication.TRUTH;
import static io.groupcache.spring.ring.PeerApplication.VALUES;
import static org.awaitility.Awaitility.await;

import io.groupcache.spring.ring.Answer;
import io.groupcache.spring.ring.Hex;
import io.groupcache.spring.ring.Peer;
import io.groupcache.spring.ring.PeerCommand.Language;
import io.groupcache.spring.ring.PeerProcess;
import io.groupcache.spring.ring.RunLog;
import io.groupcache.spring.ring.Vitals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A peer in a process that can end and be started again, at the same URL. */
final class ProcessMember implements Target, AutoCloseable {

  private static final Duration TIME_TO_START = Duration.ofMinutes(3);

  private final String name;
  private final Language language;
  private final String url;
  private final String ownUrl;
  private final Function<Path, ProcessBuilder> command;
  private final List<Path> runLogs = new ArrayList<>();
  private @Nullable Peer peer;

  /**
   * A peer that has not been started yet.
   *
   * @param name for people
   * @param language what it is written in
   * @param url its base URL on the ring
   * @param ownUrl where it listens itself: not the same when there is something in between
   * @param command runs it with that file as its log of getter runs
   */
  ProcessMember(
      String name,
      Language language,
      String url,
      String ownUrl,
      Function<Path, ProcessBuilder> command) {
    this.name = name;
    this.language = language;
    this.url = url;
    this.ownUrl = ownUrl;
    this.command = command;
  }

  @Override
  public String url() {
    return url;
  }

  String name() {
    return name;
  }

  boolean isGo() {
    return language.isGo();
  }

  /** Starts the process, and does not wait until it answers. */
  void launch() {
    String run = name + "-" + ownUrl.replaceAll(".*:", "") + "-" + (runLogs.size() + 1);
    Path runLog = Path.of("target", "peers", run + ".runs").toAbsolutePath();
    try {
      Files.deleteIfExists(runLog);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    runLogs.add(runLog);
    peer = new Peer(ownUrl, language, PeerProcess.start(run, command.apply(runLog)));
  }

  void awaitReady() {
    await().atMost(TIME_TO_START).until(peer()::isReady);
  }

  void start() {
    launch();
    awaitReady();
  }

  /** Ends it as a crash would. */
  void kill() {
    peer().process().kill();
  }

  /** Has it stopped as a deployment would, and waits until it has. */
  void stop() {
    peer().process().stop();
  }

  void freeze() {
    peer().process().signal("STOP");
  }

  void thaw() {
    peer().process().signal("CONT");
  }

  boolean isAlive() {
    return peer != null && peer.process().isAlive();
  }

  /** Gives it a view of the ring that nobody else has. */
  void see(List<String> peers) {
    peer().require("/test/set?peers=" + String.join(",", peers));
  }

  /** What it takes for the time. */
  Instant clock() {
    return Instant.parse(peer().require("/test/clock"));
  }

  Vitals vitals() {
    return Vitals.parse(peer().require("/test/vitals"));
  }

  /** Its live heap, in bytes. */
  long heap() {
    return Long.parseLong(peer().require("/test/heap"));
  }

  @Override
  public Answer get(String key) {
    return peer().get(VALUES, key);
  }

  /** The version of a key of {@link io.groupcache.spring.ring.Truth}. */
  long version(int key) {
    Answer answer = peer().get(TRUTH, Integer.toString(key));
    if (answer.status() != 200) {
      throw new IllegalStateException(answer.text());
    }
    return Long.parseLong(answer.text());
  }

  /** Versions of several keys, in one get, in their order. */
  List<Long> versions(List<Integer> keys) {
    return peer()
        .require("/test/get-all?group=" + Hex.encode(TRUTH) + "&keys=" + hex(keys))
        .lines()
        .map(each -> Long.valueOf(Hex.decode(each)))
        .toList();
  }

  /** Gets keys of {@link io.groupcache.spring.ring.PeerApplication#TIMED}, all in one get. */
  List<TimedValue> timed(List<Integer> keys) {
    return peer()
        .require("/test/results?group=" + Hex.encode(TIMED) + "&keys=" + hex(keys))
        .lines()
        .map(TimedValue::parse)
        .toList();
  }

  /** Sets the value of a key of the group; gives the peers that have yet to hear of it. */
  List<String> set(String key, String value) {
    return pending(
        "/test/set-value?group="
            + Hex.encode(VALUES)
            + "&key="
            + Hex.encode(key)
            + "&value="
            + Hex.encode(value));
  }

  /** Removes a key through it; gives the peers that have yet to hear of it. */
  List<String> remove(int key) {
    return pending(
        "/test/remove?group=" + Hex.encode(TRUTH) + "&key=" + Hex.encode(Integer.toString(key)));
  }

  @Override
  public long peerErrors() {
    return (long) peer().meter("groupcache.peer.errors", VALUES);
  }

  @Override
  public String incarnation() {
    return name + "-" + runLogs.size();
  }

  @Override
  public Map<String, Map<String, Integer>> getterRuns() {
    Map<String, Map<String, Integer>> runs = new HashMap<>();
    for (int i = 0; i < runLogs.size(); i++) {
      runs.put(name + "-" + (i + 1), RunLog.read(runLogs.get(i), VALUES));
    }
    return runs;
  }

  @Override
  public boolean hasLoaded(String key) {
    return runs(key) > 0;
  }

  /** How often this incarnation has loaded that key. */
  int runs(String key) {
    return RunLog.read(runLogs.get(runLogs.size() - 1), VALUES).getOrDefault(key, 0);
  }

  @Override
  public void close() {
    if (isAlive()) {
      thaw();
      peer().process().close();
    }
  }

  @Override
  public String toString() {
    return name + " " + url;
  }

  private List<String> pending(String change) {
    return peer().require(change).lines().filter(url -> !url.isEmpty()).toList();
  }

  private static String hex(List<Integer> keys) {
    return keys.stream()
        .map(key -> Hex.encode(Integer.toString(key)))
        .collect(Collectors.joining(","));
  }

  private Peer peer() {
    if (peer == null) {
      throw new IllegalStateException(this + " has not been started");
    }
    return peer;
  }
}
