package io.groupcache.s3fifo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GhostQueueTests {

  private final GhostQueue ghosts = new GhostQueue();

  @Test
  void aGhostIsThereOnce() {
    ghosts.add(42, 10);

    assertThat(ghosts.remove(42, 10)).isTrue();
    assertThat(ghosts.remove(42, 10)).isFalse();
    assertThat(ghosts.remove(43, 10)).isFalse();
  }

  @Test
  void anEmptyPlaceIsNoGhost() {
    assertThat(ghosts.remove(0, 10)).isFalse();
  }

  @Test
  void theLastSoManyAreRemembered() {
    int[] hashes = new SplittableRandom(5).ints(3000).toArray();
    for (int hash : hashes) {
      ghosts.add(hash, 1000);
    }

    int remembered = 0;
    for (int i = 0; i < 2000; i++) {
      assertThat(ghosts.remove(hashes[i], 1000)).isFalse();
    }
    for (int i = 2000; i < 3000; i++) {
      remembered += ghosts.remove(hashes[i], 1000) ? 1 : 0;
    }
    assertThat(remembered).isGreaterThan(800); // some sets of places are fuller than others
  }

  @Test
  void theirNumbersMayStartAnew() {
    GhostQueue old = new GhostQueue(Integer.MAX_VALUE - 1000);
    int[] hashes = new SplittableRandom(7).ints(3000).toArray();
    for (int hash : hashes) {
      old.add(hash, 1000);
      if (hash % 2 == 0) {
        old.remove(hash, 1000); // which leaves an empty place
      }
    }

    long added = 0;
    long remembered = 0;
    for (int i = 2000; i < 3000; i++) {
      if (hashes[i] % 2 != 0) {
        added++;
        remembered += old.remove(hashes[i], 1000) ? 1 : 0;
      }
    }
    assertThat(remembered).isGreaterThan(added * 8 / 10);
  }

  @Test
  void thereAreMoreOfThemWhenMoreAreAskedFor() {
    int[] hashes = new SplittableRandom(6).ints(1000).toArray();
    for (int i = 0; i < 1000; i++) {
      ghosts.add(hashes[i], i);
    }

    int remembered = 0;
    for (int hash : hashes) {
      remembered += ghosts.remove(hash, 1000) ? 1 : 0;
    }
    assertThat(remembered).isGreaterThan(800);
  }
}
