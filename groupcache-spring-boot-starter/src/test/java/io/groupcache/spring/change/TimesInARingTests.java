package io.groupcache.spring.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.Source;
import io.groupcache.spring.ring.AppRing;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values whose time is up, and keys that don't exist, on their owner and on another peer. */
@Timeout(120)
class TimesInARingTests {

  private static final int OWNER = 0;
  private static final int OTHER = 1;
  private static final List<Integer> PEERS = List.of(OWNER, OTHER);
  private static final String SHORT = "200ms";

  private AppRing ring;
  private String key;

  @AfterEach
  void stop() {
    ring.close();
  }

  @Test
  void aValueIsLoadedAnewByItsOwnerOnceItsTimeIsUp() {
    start("groupcache.time-to-live=" + SHORT);
    assertThat(get(OWNER)).isEqualTo(key + "@0");
    await().until(() -> result(OTHER).source() == Source.HOT);
    VersionedApp.version(key).incrementAndGet();

    for (int peer : PEERS) {
      await().until(() -> get(peer).equals(key + "@1"));
      await().until(() -> ring.meter(peer, "groupcache.expirations", "versions") > 0);
    }
    assertThat(ring.meter(OTHER, "groupcache.loads.local", "versions")).isZero();
  }

  @Test
  void aValuesOwnTimeComesBeforeThatOfItsGroupAndThatBeforeThatOfAll() {
    start("groupcache.time-to-live=" + SHORT, "groupcache.groups.versions.time-to-live=3h");

    for (int peer : PEERS) {
      assertThat(timeToLive(peer, "versions")).isGreaterThan(Duration.ofHours(1));
      assertThat(timeToLive(peer, "timed")).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(5));
    }
  }

  @Test
  void aValueIsServedBeyondItsTimeWhileItsGetterFails() {
    start("groupcache.time-to-live=" + SHORT, "groupcache.groups.versions.stale-if-error=1h");
    PEERS.forEach(this::get);
    fail(new IOException("the database is down"));

    for (int peer : PEERS) {
      await().until(() -> result(peer).isStale());
      assertStale(result(peer));
      assertStale(
          Objects.requireNonNull(ring.group(peer, "versions").getAll(List.of(key)).result(key)));
      assertThat(ring.meter(peer, "groupcache.stale", "versions")).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void aValueIsNotServedBeyondItsTimeOnceItsGetterSaysThatThereIsNone() {
    start("groupcache.time-to-live=" + SHORT, "groupcache.stale-if-error=1h");
    PEERS.forEach(this::get);
    fail(new KeyNotFoundException(key));
    PEERS.forEach(this::awaitNotFound);

    fail(new IOException("the database is down"));
    for (int peer : PEERS) {
      assertThatExceptionOfType(LoadException.class).isThrownBy(() -> get(peer));
      assertThat(ring.meter(peer, "groupcache.stale", "versions")).isZero();
    }
  }

  @Test
  void theOwnerRemembersForAllPeersThatThereIsNoSuchKey() {
    start("groupcache.not-found-time-to-live=1h");
    fail(new KeyNotFoundException(key));

    for (int peer : PEERS) {
      for (int i = 0; i < 3; i++) {
        assertThatExceptionOfType(KeyNotFoundException.class).isThrownBy(() -> get(peer));
      }
    }

    assertThat(VersionedApp.loads(key)).isEqualTo(1);
    assertThat(ring.meter(OWNER, "groupcache.not.found", "versions")).isEqualTo(5);
  }

  @Test
  void aKeyThatIsThereByNowIsFoundOnceThatTimeIsUp() {
    start("groupcache.groups.versions.not-found-time-to-live=" + SHORT);
    fail(new KeyNotFoundException(key));
    PEERS.forEach(this::awaitNotFound);
    VersionedApp.script(key, (context, name, dest) -> dest.setString("there"));

    PEERS.forEach(peer -> await().ignoreExceptions().until(() -> get(peer).equals("there")));
  }

  private void start(String... properties) {
    ring = AppRing.start(2, VersionedApp.class, properties);
    key = ring.keysOf(OWNER, "k" + UUID.randomUUID()).findFirst().orElseThrow();
  }

  private void fail(Exception failure) {
    VersionedApp.script(
        key,
        (context, name, dest) -> {
          throw failure;
        });
  }

  private void awaitNotFound(int peer) {
    await()
        .untilAsserted(() ->
            assertThatExceptionOfType(KeyNotFoundException.class).isThrownBy(() -> get(peer)));
  }

  private String get(int peer) {
    return result(peer).value().utf8();
  }

  private GetResult result(int peer) {
    return ring.group(peer, "versions").getResult(GetContext.background(), key);
  }

  private Duration timeToLive(int peer, String group) {
    return ring.group(peer, group)
        .getResult(GetContext.background(), key)
        .timeToLive()
        .orElseThrow();
  }

  private void assertStale(GetResult result) {
    assertThat(result.value().utf8()).isEqualTo(key + "@0");
    assertThat(result.isStale()).isTrue();
  }
}
