package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A get of many keys tells of each as soon as it is there. */
@Timeout(30)
class GetAllStreamTests {

  private static final GetContext HOUR = GetContext.background().withTimeout(Duration.ofHours(1));

  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);
  private final Semaphore loaded = new Semaphore(0);
  private final GroupCache groupCache = new GroupCache(PeerPicker.none());
  private final CountingGetter getter =
      new CountingGetter((context, key, dest) -> {
        if (key.startsWith("slow")) {
          entered.countDown();
          gate.await();
        }
        dest.setString(key);
        loaded.release();
      });
  private final Group group = groupCache.newGroup("g", 1024, getter);
  private final Told told = new Told();

  static List<GetContext> contexts() {
    return List.of(GetContext.background(), HOUR, HOUR.asPeer());
  }

  @AfterEach
  void letAllEnd() {
    gate.countDown();
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void hitsComeAtOnceAndASlowKeyDelaysItselfOnly(GetContext context) throws Exception {
    group.get("held");
    Background<Void> all =
        Background.run(() -> getAll(context, group, "slow", "quick", "held", "quicker"));

    assertThat(told.next()).isEqualTo("held");
    assertThat(List.of(told.next(), told.next())).containsExactlyInAnyOrder("quick", "quicker");
    assertThat(told.isEmpty()).isTrue();

    gate.countDown();
    assertThat(told.next()).isEqualTo("slow");
    all.get();
    assertThat(told.isEmpty()).isTrue();
  }

  @Test
  void hitsAreToldOnceTheLoadsHaveBegunSoThatASlowHandlerDoesNotDelayThem() {
    group.get("held");
    gate.countDown();
    AtomicBoolean begun = new AtomicBoolean();

    group.getAll(
        HOUR,
        Set.of("held", "slow"),
        8,
        Told.values((key, value) -> {
          if (key.equals("held")) {
            begun.set(hasEntered());
          }
        }));

    assertThat(begun).isTrue();
  }

  private boolean hasEntered() {
    try {
      return entered.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theCallersThreadIsTheOneThatIsTold() {
    Thread me = Thread.currentThread();
    AtomicReference<Thread> teller = new AtomicReference<>();

    group.getAll(
        HOUR, Set.of("a"), 8, Told.values((key, value) -> teller.set(Thread.currentThread())));

    assertThat(teller.get()).isSameAs(me);
  }

  @Test
  void theHandlerIsToldWhereAValueWasFound() {
    group.get("held");
    Set<String> sources = new LinkedHashSet<>();

    group.getAll(
        HOUR,
        new LinkedHashSet<>(List.of("a", "held")),
        8,
        Told.values((key, value) -> sources.add(key + " " + value.source())));

    assertThat(sources).containsExactly("held MAIN", "a LOAD");
  }

  @Test
  void atTheDeadlineWhatIsStillLoadingFailsAndTheLoadGoesOn() throws Exception {
    GetAllResult all =
        group.getAll(
            GetContext.background().withTimeout(Duration.ofSeconds(3)), List.of("a", "slow", "b"));

    assertThat(all).containsOnlyKeys("a", "b");
    assertThat(all.failures().get("slow"))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("'slow'");
    gate.countDown();
    loaded.acquire(3);
    assertThat(group.get("slow", Sinks.string())).isEqualTo("slow");
    assertThat(getter.calls()).isEqualTo(3);
  }

  @Test
  void whereNoTimeIsLeftNothingIsLoadedAndHitsAreThere() {
    group.get("held");

    GetAllResult all =
        group.getAll(GetContext.background().withTimeout(Duration.ZERO), List.of("a", "held"));

    assertThat(all).containsOnlyKeys("held");
    assertThat(all.failures().get("a")).isInstanceOf(DeadlineExceededException.class);
    assertThat(getter.calls()).isOne();
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void anInterruptedCallerHasWhatIsThereAndItsFlagAndTheLoadGoesOn(GetContext context)
      throws Exception {
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Background<Void> all =
        Background.run(() -> {
          getAll(context, group, "slow", "quick");
          flag.set(Thread.currentThread().isInterrupted());
          return null;
        });
    assertThat(told.next()).isEqualTo("quick");

    all.interrupt();

    assertThat(told.next()).isEqualTo("slow!");
    all.get();
    assertThat(told.failures().get("slow"))
        .isExactlyInstanceOf(GroupCacheException.class)
        .hasMessageContaining("Interrupted");
    assertThat(flag.get()).isTrue();
    gate.countDown();
    assertThat(group.get("slow", Sinks.string())).isEqualTo("slow");
    assertThat(getter.calls()).isEqualTo(2);
  }

  @Test
  void whatTheHandlerThrowsEndsTheGetAndLeavesNoKeyStuck() {
    IllegalStateException thrown = new IllegalStateException("enough");

    assertThatThrownBy(() ->
            group.getAll(
                HOUR,
                Set.of("a", "slow"),
                8,
                Told.values((key, value) -> {
                  throw thrown;
                })))
        .isSameAs(thrown);

    gate.countDown();
    assertThat(group.getAll(List.of("a", "slow"))).hasSize(2);
    assertThat(getter.calls()).isEqualTo(2);
  }

  @Test
  void aGetterThatLeavesItsThreadInterruptedDisturbsNoOtherKey() {
    Group interrupting =
        groupCache.newGroup(
            "interrupting",
            1024,
            (context, key, dest) -> {
              if (key.equals("a")) {
                throw new InterruptedException("of its own making");
              }
              dest.setString("" + Thread.currentThread().isInterrupted());
            });

    Throwable[] failure = new Throwable[1];
    interrupting.getAll(
        HOUR,
        new LinkedHashSet<>(List.of("a", "b")),
        1,
        new ResultHandler<>() {
          @Override
          public void onValue(String key, GetResult result) {
            assertThat(result.value().utf8()).isEqualTo("false");
          }

          @Override
          public void onFailure(String key, RuntimeException thrown) {
            failure[0] = thrown;
          }
        });

    assertThat(failure[0]).isInstanceOf(LoadException.class);
    assertThat(catchThrowable(() -> Thread.sleep(0))).isNull();
  }

  private Void getAll(GetContext context, Group group, String... keys) {
    group.getAll(context, new LinkedHashSet<>(List.of(keys)), 8, told);
    return null;
  }
}
