package io.groupcache.spring.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Source;
import io.groupcache.spring.ring.AppRing;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values that are loaded anew while they are used, on their owner and on another peer. */
@Timeout(120)
class RefreshInARingTests {

  private static final int OWNER = 0;
  private static final int OTHER = 1;

  private AppRing ring;
  private String key;

  @BeforeEach
  void start() {
    ring = AppRing.start(2, VersionedApp.class, "groupcache.refresh-after=200ms");
    key = ring.keysOf(OWNER, "k" + UUID.randomUUID()).findFirst().orElseThrow();
  }

  @AfterEach
  void stop() {
    ring.close();
  }

  @Test
  void nobodyWaitsForTheLoadThatTheOwnerMakesOnce() {
    CountDownLatch go = new CountDownLatch(1);
    get(OWNER);
    get(OTHER);
    VersionedApp.script(
        key,
        (context, name, dest) -> {
          assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
          dest.setString("new");
        });

    await()
        .until(() -> {
          assertThat(get(OWNER).value().utf8()).isEqualTo(key + "@0");
          return VersionedApp.loads(key) == 2;
        });
    for (int i = 0; i < 100; i++) {
      assertThat(get(OWNER).value().utf8()).isEqualTo(key + "@0");
      assertThat(get(OTHER).value().utf8()).isEqualTo(key + "@0");
    }
    assertThat(VersionedApp.loads(key)).isEqualTo(2);

    go.countDown();
    awaitNew(OWNER);
    awaitNew(OTHER);
    assertThat(ring.meter(OWNER, "groupcache.refreshes", "versions")).isPositive();
    assertThat(ring.meter(OTHER, "groupcache.loads.local", "versions")).isZero();
  }

  @Test
  void aMirroredValueIsServedWhileItsOwnerIsAsked() {
    get(OTHER);
    VersionedApp.script(key, (context, name, dest) -> dest.setString("new"));

    awaitNew(OTHER);

    assertThat(ring.meter(OTHER, "groupcache.loads", "versions")).isEqualTo(1);
    assertThat(ring.meter(OTHER, "groupcache.loads.local", "versions")).isZero();
    assertThat(ring.meter(OTHER, "groupcache.refreshes", "versions")).isZero();
  }

  @Test
  void aValueThatCantBeLoadedAnewServesOn() {
    get(OWNER);
    VersionedApp.script(
        key,
        (context, name, dest) -> {
          throw new IOException("the database is down");
        });

    await()
        .until(() -> {
          assertThat(get(OWNER).value().utf8()).isEqualTo(key + "@0");
          return ring.meter(OWNER, "groupcache.refreshes.errors", "versions") > 0;
        });
    assertThat(get(OWNER).isStale()).isFalse();
    assertThat(get(OTHER).value().utf8()).isEqualTo(key + "@0");
  }

  /** Each get on the way there is answered at once: from a cache. */
  private void awaitNew(int peer) {
    await()
        .until(() -> {
          GetResult result = get(peer);
          assertThat(result.source()).isIn(Source.MAIN, Source.HOT);
          return result.value().utf8().equals("new");
        });
  }

  private GetResult get(int peer) {
    return ring.group(peer, "versions").getResult(GetContext.background(), key);
  }
}
