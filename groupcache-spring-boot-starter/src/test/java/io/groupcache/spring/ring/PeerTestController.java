package io.groupcache.spring.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.groupcache.ByteView;
import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.GroupCacheException;
import io.groupcache.KeyNotFoundException;
import io.groupcache.Sinks;
import io.groupcache.spring.http.HttpPool;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the tests ask a Java peer for. Go-peer answers the first three too. */
@RestController
class PeerTestController {

  private final GroupCache groupCache;
  private final HttpPool pool;
  private final TestGetter getter;

  PeerTestController(GroupCache groupCache, HttpPool pool, TestGetter getter) {
    this.groupCache = groupCache;
    this.pool = pool;
    this.getter = getter;
  }

  @GetMapping("/test/get")
  ResponseEntity<byte[]> get(@RequestParam String group, @RequestParam String key) {
    try {
      return ResponseEntity.ok(
          groupCache.group(Hex.decode(group)).get(Hex.decode(key), Sinks.bytes()));
    } catch (KeyNotFoundException e) {
      return ResponseEntity.status(404).body(e.toString().getBytes(UTF_8));
    } catch (GroupCacheException e) {
      return ResponseEntity.status(500).body(e.toString().getBytes(UTF_8));
    }
  }

  @GetMapping("/test/owner")
  String owner(@RequestParam String key) {
    return pool.owner(Hex.decode(key)).orElseThrow();
  }

  @GetMapping("/test/runs")
  String runs() {
    return getter.runs();
  }

  /** Gets from many threads at once; answers with the values they got, in hexadecimal. */
  @GetMapping("/test/stampede")
  String stampede(@RequestParam String group, @RequestParam String key, @RequestParam int threads)
      throws Exception {
    return new Stampede(
            groupCache.group(Hex.decode(group)), Collections.nCopies(threads, Hex.decode(key)))
        .run();
  }

  /** Gets many keys in one go; answers with their values in their order, in hexadecimal. */
  @GetMapping("/test/get-all")
  String getAll(@RequestParam String group, @RequestParam List<String> keys) {
    return groupCache
        .group(Hex.decode(group))
        .getAll(keys.stream().map(Hex::decode).toList())
        .values()
        .stream()
        .map(value -> Hex.encode(value.utf8()))
        .collect(Collectors.joining("\n"));
  }

  /** Gets keys; answers, a line each, with its source, its time to live and its value. */
  @GetMapping("/test/results")
  String results(@RequestParam String group, @RequestParam List<String> keys) {
    Group asked = groupCache.group(Hex.decode(group));
    List<String> decoded = keys.stream().map(Hex::decode).toList();
    Stream<GetResult> results =
        decoded.size() == 1
            ? Stream.of(asked.getResult(GetContext.background(), decoded.get(0)))
            : decoded.stream().map(asked.getAll(decoded)::result);
    return results
        .map(each ->
            each.source() + " " + each.timeToLive().orElseThrow() + " " + each.value().utf8())
        .collect(Collectors.joining("\n"));
  }

  /** Removes a key; answers with the peers that have yet to hear of it, a line each. */
  @GetMapping("/test/remove")
  String remove(@RequestParam String group, @RequestParam String key) {
    return String.join(
        "\n", groupCache.group(Hex.decode(group)).remove(Hex.decode(key)).pendingPeers());
  }

  /** Has the owner of a key hold a value; answers as a removal does. */
  @GetMapping("/test/set-value")
  String setValue(
      @RequestParam String group, @RequestParam String key, @RequestParam String value) {
    return String.join(
        "\n",
        groupCache
            .group(Hex.decode(group))
            .set(Hex.decode(key), ByteView.of(Hex.decode(value)))
            .pendingPeers());
  }

  /** The same with gets from many threads at once, a key each. */
  @GetMapping("/test/get-each")
  String getEach(@RequestParam String group, @RequestParam List<String> keys) throws Exception {
    List<String> decoded = keys.stream().map(Hex::decode).toList();
    return new Stampede(groupCache.group(Hex.decode(group)), decoded).run();
  }

  /** Lets this peer, and no other, see other peers on the ring. */
  @GetMapping("/test/set")
  void set(@RequestParam List<String> peers) {
    pool.set(peers);
  }

  /** What this process takes for the time. */
  @GetMapping("/test/clock")
  String clock() {
    return Instant.now().toString();
  }

  /** How many threads and sockets this process has. */
  @GetMapping("/test/vitals")
  String vitals() throws IOException {
    return Vitals.ofThisProcess().toString();
  }

  /** How many bytes of heap are in use when all garbage is gone. */
  @GetMapping("/test/heap")
  String heap() {
    System.gc();
    return Long.toString(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  @GetMapping("/test/release")
  void release() {
    getter.release();
  }
}
