package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A get of many keys that this peer owns. */
@Timeout(30)
class GetAllTests {

  private final GroupCache groupCache = new GroupCache(PeerPicker.none());

  @Test
  void hitsAndLoadsAreInTheOrderOfTheKeys() {
    CountingGetter getter = CountingGetter.prefixing("v:");
    Group group = groupCache.newGroup("g", 1024, getter);
    group.get("b");

    assertThat(group.getAll(List.of("c", "b", "a", "c")))
        .containsExactly(
            Map.entry("c", ByteView.of("v:c")),
            Map.entry("b", ByteView.of("v:b")),
            Map.entry("a", ByteView.of("v:a")));
    assertThat(getter.calls()).isEqualTo(3);
    assertThat(group.stats()).isEqualTo(new GroupStats(4, 1, 3, 3, 3, 0, 0, 0, 0));
  }

  @Test
  void aFailureIsThatOfItsKey() {
    Group group =
        groupCache.newGroup(
            "g",
            1024,
            (context, key, dest) -> {
              switch (key) {
                case "none" -> throw new KeyNotFoundException(key);
                case "bad" -> throw new IllegalStateException("disk");
                default -> dest.setString(key);
              }
            });

    GetAllResult all = group.getAll(List.of("none", "bad", "good"));

    assertThat(all).containsOnlyKeys("good");
    assertThat(all.get("none")).isNull();
    assertThatThrownBy(() -> all.get("bad")).isInstanceOf(LoadException.class);
    assertThat(all.failures()).containsOnlyKeys("none", "bad");
  }

  @Test
  void aBulkGetterLoadsInOneGoWhatNobodyIsLoading() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    List<List<String>> calls = new java.util.concurrent.CopyOnWriteArrayList<>();
    BulkGetter getter =
        (context, dests) -> {
          calls.add(List.copyOf(dests.keySet()));
          if (dests.containsKey("slow")) {
            gate.await();
          }
          dests.forEach((key, dest) -> {
            if (!key.equals("none")) {
              dest.setString("v:" + key);
            }
          });
        };
    Group group = groupCache.newGroup("g", 1024, getter);
    Background<ByteView> slow = Background.run(() -> group.get("slow"));
    slow.awaitWaiting();
    Background<GetAllResult> all =
        Background.run(() -> group.getAll(List.of("a", "slow", "none", "b")));
    all.awaitWaiting();
    gate.countDown();

    assertThat(all.get()).containsOnlyKeys("a", "slow", "b");
    assertThat(all.get().failures().get("none")).isInstanceOf(KeyNotFoundException.class);
    assertThat(calls).containsExactly(List.of("slow"), List.of("a", "none", "b"));
    assertThat(slow.get()).isEqualTo(ByteView.of("v:slow"));
  }
}
