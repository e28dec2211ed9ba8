package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A get of many keys that this peer owns. */
@Timeout(30)
class GetAllTests {

  private final GroupCache groupCache = new GroupCache(PeerPicker.none());
  private final CountingGetter getter = CountingGetter.prefixing("v:");

  @Test
  void hitsAndLoadsAreInTheOrderOfTheKeys() {
    Group group = groupCache.newGroup("g", 1024, getter);
    group.get("b");

    assertThat(group.getAll(List.of("c", "b", "a", "c")))
        .containsExactly(
            Map.entry("c", ByteView.of("v:c")),
            Map.entry("b", ByteView.of("v:b")),
            Map.entry("a", ByteView.of("v:a")));
    assertThat(getter.calls()).isEqualTo(3);
    assertThat(Stats.of(group)).isEqualTo(new Stats(4, 1, 3, 3, 3, 0, 0, 0, 0));
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
                case "worse" -> throw new AssertionError("an Error");
                default -> dest.setString(key);
              }
            });

    GetAllResult all = group.getAll(List.of("none", "bad", "worse", "good"));

    assertThat(all).containsOnlyKeys("good");
    assertThat(all.get("none")).isNull();
    assertThatThrownBy(() -> all.get("bad")).isInstanceOf(LoadException.class);
    assertThatThrownBy(() -> all.get("worse")).isInstanceOf(LoadException.class);
    assertThat(all.failures()).containsOnlyKeys("none", "bad", "worse");
    assertThat(Stats.of(group)).isEqualTo(new Stats(4, 0, 4, 4, 1, 3, 0, 0, 0));
  }

  @Test
  void whatCanNotBeAKeyFailsAloneWhereverItStands() {
    Group group =
        GroupCache.builder(PeerPicker.none()).maxKeyBytes(4).build().newGroup("g", 1024, getter);
    group.get("held");

    GetAllResult all = group.getAll(List.of("\ud800", "held", "too long", "a"));

    assertThat(all).containsOnlyKeys("held", "a");
    assertThat(all.failures()).containsOnlyKeys("\ud800", "too long");
    assertThat(all.failures().values()).allMatch(InvalidKeyException.class::isInstance);
    assertThat(group.stats().gets()).isEqualTo(3);
  }

  @Test
  void aNullKeyIsRefusedBeforeAnythingIsLoaded() {
    Group group = groupCache.newGroup("g", 1024, getter);

    assertThatThrownBy(() -> group.getAll(Arrays.asList("a", null)))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("key");
    assertThat(getter.calls()).isZero();
  }

  @Test
  void noKeysHaveNoValues() {
    Group group = groupCache.newGroup("g", 1024, getter);

    assertThat(group.getAll(List.of())).isEmpty();
    assertThat(group.getAll(Set.of()).failures()).isEmpty();
    assertThat(group.stats().gets()).isZero();
  }

  @Test
  void aGroupThatCachesNothingLoadsEachTime() {
    Group group = groupCache.newGroup("g", 0, getter);

    assertThat(group.getAll(List.of("a", "b"))).hasSize(2);
    assertThat(group.getAll(List.of("a", "b"))).hasSize(2);
    assertThat(getter.calls()).isEqualTo(4);
  }

  @Test
  void aClosedOneRefuses() {
    Group group = groupCache.newGroup("g", 1024, getter);
    groupCache.close();

    assertThatThrownBy(() -> group.getAll(List.of("a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThat(group.stats().gets()).isZero();
  }

  @Test
  void manyKeysAreAllThere() {
    Group group = groupCache.newGroup("g", 1 << 20, getter);
    List<String> keys = IntStream.range(0, 1_000).mapToObj(Integer::toString).toList();

    assertThat(group.getAll(keys).keySet()).containsExactlyElementsOf(keys);
    assertThat(group.getAll(keys).get("999")).isEqualTo(ByteView.of("v:999"));
    assertThat(getter.calls()).isEqualTo(1_000);
  }

  @Test
  void theGetterHasTheContextOfTheGet() {
    Group group =
        groupCache.newGroup(
            "g",
            1024,
            (context, key, dest) ->
                dest.setString(
                    context.attribute("who", String.class).orElse("nobody") + context.fromPeer()));

    GetContext context = GetContext.background().withAttribute("who", "me").asPeer();

    assertThat(group.getAll(context, List.of("a")).get("a")).isEqualTo(ByteView.of("metrue"));
    assertThat(group.stats().serverRequests()).isOne();
  }
}
