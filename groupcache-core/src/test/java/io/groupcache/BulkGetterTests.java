package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A getter that loads many keys in one go. */
@Timeout(30)
class BulkGetterTests {

  private final GroupCache groupCache = new GroupCache(PeerPicker.none());
  private final List<List<String>> calls = new CopyOnWriteArrayList<>();

  @Test
  void whatNobodyIsLoadingIsLoadedInOneGo() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    Group group =
        group(
            1024,
            dests -> {
              if (dests.containsKey("slow")) {
                gate.await();
              }
              dests.forEach((key, dest) -> dest.setString("v:" + key));
            });
    group.get("held");
    Background<ByteView> slow = Background.run(() -> group.get("slow"));
    slow.awaitWaiting();
    Background<GetAllResult> all =
        Background.run(() -> group.getAll(List.of("a", "slow", "held", "b"))).awaitWaiting();
    gate.countDown();

    assertThat(all.get()).containsOnlyKeys("a", "slow", "held", "b");
    assertThat(slow.get()).isEqualTo(ByteView.of("v:slow"));
    assertThat(calls)
        .containsExactlyInAnyOrder(List.of("held"), List.of("slow"), List.of("a", "b"));
  }

  @Test
  void twoGetsOfManyShareWhatBothWant() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    Group group =
        group(
            0,
            dests -> {
              entered.countDown();
              gate.await();
              dests.forEach((key, dest) -> dest.setString("v:" + key));
            });
    Background<GetAllResult> one =
        Background.run(() -> group.getAll(List.of("a", "b"))).awaitWaiting();
    entered.await();
    Background<GetAllResult> two =
        Background.run(() -> group.getAll(List.of("b", "c"))).awaitWaiting();
    gate.countDown();

    assertThat(one.get()).containsOnlyKeys("a", "b");
    assertThat(two.get()).containsOnlyKeys("b", "c");
    assertThat(calls).containsExactlyInAnyOrder(List.of("a", "b"), List.of("c"));
    assertThat(Stats.of(group)).isEqualTo(new Stats(4, 0, 4, 3, 3, 0, 0, 0, 0));
  }

  @Test
  void aKeyThatIsGivenNothingDoesNotExist() {
    Group group =
        group(
            1024,
            dests ->
                dests.forEach((key, dest) -> {
                  if (!key.equals("none")) {
                    dest.setString(key);
                  }
                }));

    assertThat(group.getAll(List.of("none", "a")).failures().get("none"))
        .isInstanceOf(KeyNotFoundException.class)
        .hasMessageContaining("'none'");
    assertThatThrownBy(() -> group.get("none")).isInstanceOf(KeyNotFoundException.class);
    assertThat(group.get("b", Sinks.string())).isEqualTo("b");
    assertThat(Stats.of(group)).isEqualTo(new Stats(4, 0, 4, 4, 2, 2, 0, 0, 0));
  }

  @Test
  void whatItThrowsFailsAllOfItsKeysAndLeavesThemUsable() {
    List<Throwable> failures =
        new ArrayList<>(List.of(new IOException("disk"), new AssertionError("Error")));
    Group group =
        group(
            1024,
            dests -> {
              dests.values().iterator().next().setString("set before");
              if (!failures.isEmpty()) {
                throw failures.get(0);
              }
              dests.forEach((key, dest) -> dest.setString(key));
            });

    while (!failures.isEmpty()) {
      GetAllResult all = group.getAll(List.of("a", "b"));
      assertThat(all).isEmpty();
      assertThat(all.failures().get("a"))
          .isInstanceOf(LoadException.class)
          .hasMessageContaining("'a'")
          .hasCause(failures.get(0));
      assertThat(all.failures().get("b"))
          .isInstanceOf(LoadException.class)
          .hasMessageContaining("'b'");
      failures.remove(0);
    }
    assertThat(group.getAll(List.of("a", "b"))).containsOnlyKeys("a", "b");
    assertThat(group.stats().loadsLocalErrors()).isEqualTo(4);
  }

  @Test
  void thatOneKeyDoesNotExistSaysNothingOfTheOthers() {
    Group group =
        group(
            1024,
            dests -> {
              throw new KeyNotFoundException("a");
            });

    GetAllResult all = group.getAll(List.of("a", "b"));

    assertThat(all.failures().get("a")).isInstanceOf(KeyNotFoundException.class);
    assertThat(all.failures().get("b")).isInstanceOf(LoadException.class);
  }

  @Test
  void theLastOfTwoValuesHolds() {
    Group group =
        group(
            1024,
            dests ->
                dests.forEach((key, dest) -> {
                  dest.setString("first");
                  dest.setString("second");
                }));

    assertThat(group.getAll(List.of("a")).get("a")).isEqualTo(ByteView.of("second"));
  }

  @Test
  void noSinkTakesAValueOnceTheFirstKeyIsTold() {
    Map<String, Sink> kept = new ConcurrentHashMap<>();
    Group group =
        group(
            1024,
            dests -> {
              kept.putAll(dests);
              dests.values().forEach(dest -> dest.setString("right"));
            });
    List<Throwable> refusals = new ArrayList<>();

    group.getAll(
        GetContext.background(),
        new LinkedHashSet<>(List.of("a", "b")),
        1,
        Told.values((key, value) ->
            kept.values()
                .forEach(sink -> refusals.add(catchThrowable(() -> sink.setString("x"))))));

    assertThat(refusals).hasSize(4).allMatch(IllegalStateException.class::isInstance);
    assertThat(group.get("b", Sinks.string())).isEqualTo("right");
  }

  @Test
  void itCanNotAddKeysOfItsOwn() {
    Group group =
        group(1024, dests -> dests.putAll(Map.of("other", dests.values().iterator().next())));

    assertThat(group.getAll(List.of("a")).failures().get("a"))
        .hasCauseInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void oneThatNeedsAnotherOfTheKeysThatItLoadsIsRefused() {
    Group group =
        group(
            1024,
            dests -> dests.values().forEach(dest -> dest.setView(groupCache.group("g").get("b"))));

    assertThat(group.getAll(List.of("a", "b")).failures().get("a"))
        .isInstanceOf(LoadException.class)
        .hasStackTraceContaining("would wait for itself");
  }

  private Group group(long cacheBytes, Load load) {
    BulkGetter getter =
        (context, dests) -> {
          calls.add(List.copyOf(dests.keySet()));
          try {
            load.load(dests);
          } catch (Exception | Error e) {
            throw e;
          } catch (Throwable e) {
            throw new AssertionError(e);
          }
        };
    return groupCache.newGroup("g", cacheBytes, getter);
  }

  private interface Load {
    void load(Map<String, Sink> dests) throws Throwable;
  }
}
