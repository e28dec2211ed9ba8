package io.groupcache.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.ByteView;
import io.groupcache.CacheType;
import io.groupcache.DeadlineExceededException;
import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.NewGroupHook;
import io.groupcache.PeerPicker;
import io.groupcache.PromotionPolicy;
import io.groupcache.ProtoGetter;
import io.groupcache.Sinks;
import io.groupcache.Source;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.client.PeerConnections;
import io.groupcache.spring.http.server.PeerController;
import io.groupcache.spring.load.LoadExecutor;
import io.groupcache.spring.metrics.GroupCacheMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.task.TaskDecorator;
import org.springframework.web.client.RestClient;

@ExtendWith(OutputCaptureExtension.class)
class GroupCacheAutoConfigurationTests {

  private static final Getter ECHO = (context, key, dest) -> dest.setString(key);

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  GroupCacheAutoConfiguration.class, GroupCacheMetricsAutoConfiguration.class));

  @Test
  void aGetterBeanIsTheGroupOfItsName() {
    runner
        .withBean("tiles", Getter.class, () -> ECHO)
        .withBean("countries", Getter.class, () -> ECHO)
        .run(context -> {
          GroupCache groupCache = context.getBean(GroupCache.class);
          assertThat(groupCache.groups())
              .extracting(Group::name)
              .containsExactlyInAnyOrder("tiles", "countries");
          assertThat(groupCache.group("tiles").get("3/4/5", Sinks.string())).isEqualTo("3/4/5");
        });
  }

  @Test
  void aGetHasTheTimeThatTheApplicationGivesIt() {
    CountDownLatch never = new CountDownLatch(1);
    runner
        .withPropertyValues("groupcache.timeout=50ms")
        .withBean("stuck", Getter.class, () -> (context, key, dest) -> never.await())
        .run(context ->
            assertThatThrownBy(() -> context.getBean(Group.class).get("k"))
                .isInstanceOf(DeadlineExceededException.class));
    never.countDown();
  }

  @Test
  void aChangeWaitsForPeersAsLongAsAnAnswerMayTake() {
    List<Duration> timeouts = new CopyOnWriteArrayList<>();
    runner
        .withPropertyValues("groupcache.client.read-timeout=1h")
        .withBean(PeerPicker.class, () -> new RingOfTwo(new TimedPeer(timeouts)))
        .withBean("tiles", Getter.class, () -> ECHO)
        .run(context -> context.getBean(Group.class).remove("k"));

    assertThat(timeouts).anyMatch(timeout -> timeout.compareTo(Duration.ofMinutes(30)) > 0);
  }

  @Test
  void keysAndValuesMayBeAsLongAsTheApplicationSays() {
    runner
        .withPropertyValues("groupcache.max-key-bytes=4B", "groupcache.max-value-bytes=3B")
        .withBean("tiles", Getter.class, () -> ECHO)
        .run(context -> {
          Group tiles = context.getBean(Group.class);
          assertThat(tiles.get("abc", Sinks.string())).isEqualTo("abc");
          assertThatThrownBy(() -> tiles.get("abcd"))
              .isInstanceOf(LoadException.class)
              .hasMessageContaining("groupcache.max-value-bytes");
          assertThatThrownBy(() -> tiles.get("abcde"))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("groupcache.max-key-bytes");
        });
  }

  @Test
  void aGroupLoadsAsManyKeysAtATimeAsTheApplicationSays() {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    runner
        .withPropertyValues("groupcache.groups.tiles.max-concurrent-loads=1")
        .withBean(
            "tiles",
            Getter.class,
            () ->
                (context, key, dest) -> {
                  entered.countDown();
                  gate.await();
                  dest.setString(key);
                })
        .run(context -> {
          Group tiles = context.getBean(Group.class);
          CompletableFuture<ByteView> first = Threads.supply(() -> tiles.get("a"));
          assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
          assertThatThrownBy(
                  () -> tiles.get(GetContext.background().withTimeout(Duration.ofSeconds(2)), "b"))
              .isInstanceOf(DeadlineExceededException.class)
              .hasMessageContaining("max-concurrent-loads");
          gate.countDown();
          assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(ByteView.of("a"));
        });
  }

  @Test
  void anApplicationThatStopsTakesItselfOffItsRingAndComesBackWhenItStarts() {
    runner
        .withPropertyValues("groupcache.self=http://a:1", "groupcache.peers=http://a:1,http://b:1")
        .run(context -> {
          HttpPool pool = context.getBean(HttpPool.class);
          ConfigurableApplicationContext application = context.getSourceApplicationContext();
          assertThat(pool.peers()).containsExactly("http://a:1", "http://b:1");

          application.stop();
          assertThat(pool.peers()).containsExactly("http://b:1");

          application.start();
          assertThat(pool.peers()).containsExactly("http://a:1", "http://b:1");
        });
  }

  @Test
  void whatATaskDecoratorBringsAlongReachesTheGetter() {
    ThreadLocal<String> trace = ThreadLocal.withInitial(() -> "none");
    runner
        .withBean(
            TaskDecorator.class,
            () ->
                task -> {
                  String callers = trace.get();
                  return () -> {
                    trace.set(callers);
                    task.run();
                  };
                })
        .withBean("traces", Getter.class, () -> (context, key, dest) -> dest.setString(trace.get()))
        .run(context -> {
          trace.set("the caller's");
          assertThat(context.getBean(Group.class).get("k", Sinks.string()))
              .isEqualTo("the caller's");
        });
  }

  @Test
  void gettersRunOnTheApplicationsOwnExecutorIfItHasOne() {
    runner
        .withBean(LoadExecutor.class, () -> Runnable::run)
        .withBean(
            "threads",
            Getter.class,
            () -> (context, key, dest) -> dest.setString(Thread.currentThread().getName()))
        .run(context ->
            assertThat(context.getBean(Group.class).get("k", Sinks.string()))
                .isEqualTo(Thread.currentThread().getName()));
  }

  @Test
  void gettersRunOnVirtualThreadsWhereTheApplicationDoes() {
    runner
        .withPropertyValues("spring.threads.virtual.enabled=true")
        .withBean(
            "threads",
            Getter.class,
            () -> (context, key, dest) -> dest.setString(Thread.currentThread().toString()))
        .run(context ->
            assertThat(context.getBean(Group.class).get("k", Sinks.string()))
                .startsWith(Runtime.version().feature() >= 21 ? "VirtualThread" : "Thread[groupc"));
  }

  @Test
  void aGroupIsInjectedByTheNameOfItsGetter() {
    runner
        .withBean("tiles", Getter.class, () -> ECHO)
        .withBean("countries", Getter.class, () -> ECHO)
        .withBean(NeedsGroups.class)
        .run(context -> {
          NeedsGroups bean = context.getBean(NeedsGroups.class);
          GroupCache groupCache = context.getBean(GroupCache.class);
          assertThat(bean.tiles).isSameAs(groupCache.group("tiles"));
          assertThat(bean.countries).isSameAs(groupCache.group("countries"));
        });
  }

  @Test
  void theOnlyGroupIsInjectedByType() {
    runner
        .withBean("tiles", Getter.class, () -> ECHO)
        .run(context -> assertThat(context.getBean(Group.class).name()).isEqualTo("tiles"));
  }

  @Test
  void aGetterMayNeedTheGroupCacheAndAnotherGroup() {
    runner
        .withUserConfiguration(GettersThatNeedGroups.class)
        .run(context ->
            assertThat(context.getBean(GroupCache.class).group("twice").get("a", Sinks.string()))
                .isEqualTo("echo aecho a"));
  }

  @Test
  void groupsAreThereWhenBeansAreInitializedLazily() {
    runner
        .withBean("tiles", Getter.class, () -> ECHO)
        .withBean(LazyInitializationBeanFactoryPostProcessor.class)
        .run(context ->
            assertThat(context.getBean(GroupCache.class).findGroup("tiles")).isPresent());
  }

  @Test
  void aGroupHasItsOwnLimitOrTheGeneralOne() {
    runner
        .withBean("tiles", Getter.class, () -> (context, key, dest) -> dest.setBytes(new byte[100]))
        .withBean("small", Getter.class, () -> (context, key, dest) -> dest.setBytes(new byte[100]))
        .withBean("none", Getter.class, () -> (context, key, dest) -> dest.setBytes(new byte[100]))
        .withPropertyValues(
            "groupcache.cache-bytes=1KB",
            "groupcache.groups.small.cache-bytes=300B",
            "groupcache.groups.none.cache-bytes=0")
        .run(context -> {
          assertThat(itemsHeld(context.getBean(GroupCache.class).group("tiles"))).isEqualTo(10);
          assertThat(itemsHeld(context.getBean(GroupCache.class).group("small"))).isEqualTo(2);
          assertThat(itemsHeld(context.getBean(GroupCache.class).group("none"))).isZero();
        });
  }

  @Test
  void aGroupEvictsAsItsOwnSettingSaysOrTheGeneralOne() {
    runner
        .withBean("tiles", Getter.class, () -> (context, key, dest) -> dest.setBytes(new byte[98]))
        .withBean("scans", Getter.class, () -> (context, key, dest) -> dest.setBytes(new byte[98]))
        .withPropertyValues(
            "groupcache.cache-bytes=1000B", "groupcache.groups.scans.eviction=s3-fifo")
        .run(context -> {
          GroupCache groupCache = context.getBean(GroupCache.class);
          assertThat(survivesAScan("99", groupCache.group("tiles"))).isFalse();
          assertThat(survivesAScan("99", groupCache.group("scans"))).isTrue();
        });
    runner
        .withBean("tiles", Getter.class, () -> (context, key, dest) -> dest.setBytes(new byte[98]))
        .withPropertyValues("groupcache.cache-bytes=1000B", "groupcache.eviction=s3-fifo")
        .run(context -> assertThat(survivesAScan("99", context.getBean(Group.class))).isTrue());
  }

  @Test
  void settingsOfAGroupThatIsNotThereAreSaidOnce(CapturedOutput output) {
    runner
        .withBean("tiles", Getter.class, () -> ECHO)
        .withPropertyValues("groupcache.groups.tilse.cache-bytes=1MB")
        .run(context ->
            assertThat(output)
                .containsOnlyOnce(
                    "groupcache.groups has settings for [tilse], but there is no Getter bean"));
  }

  @Test
  void newGroupHooksAreToldOfEveryGroup() {
    List<String> told = new ArrayList<>();
    runner
        .withBean("tiles", Getter.class, () -> ECHO)
        .withBean(NewGroupHook.class, () -> group -> told.add(group.name()))
        .run(context -> {
          context.getBean(GroupCache.class).newGroup("late", 0, ECHO);
          assertThat(told).containsExactly("tiles", "late");
        });
  }

  @Test
  void theRingIsSetFromTheProperties() {
    runner
        .withPropertyValues(
            "groupcache.self=http://a:1",
            "groupcache.peers=http://b:2,http://a:1/",
            "groupcache.replicas=3")
        .run(context ->
            assertThat(context.getBean(HttpPool.class).peers())
                .containsExactly("http://a:1", "http://b:2"));
  }

  @Test
  void aHashFunctionBeanIsTheHashOfTheRing() {
    // Every key and every point in one place: the peer that sorts last has them all.
    runner
        .withBean(HashFunction.class, () -> bytes -> 7)
        .withPropertyValues("groupcache.self=http://a:1", "groupcache.peers=http://b:2,http://a:1")
        .run(context ->
            assertThat(List.of("k", "l", "m"))
                .allSatisfy(key ->
                    assertThat(context.getBean(HttpPool.class).owner(key)).contains("http://b:2")));
  }

  @Test
  void everythingBacksOff() {
    GroupCache own = new GroupCache(PeerPicker.none());
    PromotionPolicy never = (key, response) -> false;
    runner
        .withBean(GroupCache.class, () -> own)
        .withBean(PeerPicker.class, PeerPicker::none)
        .withBean(PromotionPolicy.class, () -> never)
        .withBean("tiles", Getter.class, () -> ECHO)
        .run(context -> {
          assertThat(context).getBean(GroupCache.class).isSameAs(own);
          assertThat(context).getBean(PromotionPolicy.class).isSameAs(never);
          assertThat(context).doesNotHaveBean(HttpPool.class);
          assertThat(context).doesNotHaveBean(PeerConnections.class);
          assertThat(own.findGroup("tiles")).as("a group in the user's own cache").isPresent();
        });
  }

  @Test
  void theApplicationsOwnRestClientsAreLeftAlone() {
    runner.run(context -> {
      assertThat(context).doesNotHaveBean(RestClient.class);
      assertThat(context).doesNotHaveBean(RestClient.Builder.class);
    });
  }

  @Test
  void itIsOffWhenToldSo() {
    runner
        .withBean("tiles", Getter.class, () -> ECHO)
        .withPropertyValues("groupcache.enabled=false")
        .run(context -> {
          assertThat(context).doesNotHaveBean(GroupCache.class);
          assertThat(context).doesNotHaveBean(HttpPool.class);
          assertThat(context).doesNotHaveBean(Group.class);
          assertThat(context).doesNotHaveBean(GroupCacheMetrics.class);
        });
  }

  @Test
  void switchedOffItLeavesTheApplicationsOwnCacheAlone() {
    new WebApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                GroupCacheAutoConfiguration.class,
                GroupCacheMetricsAutoConfiguration.class,
                PeerEndpointAutoConfiguration.class,
                PeerSecurityAutoConfiguration.class))
        .withBean(GroupCache.class, () -> new GroupCache(PeerPicker.none()))
        .withPropertyValues("groupcache.enabled=false")
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context).doesNotHaveBean(PeerController.class);
        });
  }

  @Test
  void aScopedGetterIsOneGroup() {
    runner
        .withUserConfiguration(ScopedGetter.class)
        .withInitializer(
            context -> context.getBeanFactory().registerScope("own", new SimpleThreadScope()))
        .run(context ->
            assertThat(context.getBean(GroupCache.class).groups())
                .extracting(Group::name)
                .containsExactly("echo"));
  }

  @Test
  void itWorksWithoutMicrometer() {
    runner
        .withBean("tiles", Getter.class, () -> ECHO)
        .withClassLoader(new FilteredClassLoader("io.micrometer.core"))
        .run(context -> {
          assertThat(context).hasSingleBean(GroupCache.class);
          assertThat(context).doesNotHaveBean(GroupCacheMetrics.class);
        });
  }

  @Test
  void outsideAWebApplicationNothingAnswersPeers() {
    runner.run(context -> assertThat(context).doesNotHaveBean(PeerController.class));
  }

  @Test
  void theCacheIsClosedWithTheApplication() {
    runner
        .withBean("tiles", Getter.class, () -> ECHO)
        .run(context -> {
          Group tiles = context.getBean(GroupCache.class).group("tiles");
          tiles.get("k");
          context.getSourceApplicationContext().close();
          assertThatIllegalStateException().isThrownBy(() -> tiles.get("k"));
        });
  }

  private static boolean survivesAScan(String key, Group group) {
    for (int i = 0; i < 3; i++) {
      assertThat(group.get(key)).isNotNull();
    }
    itemsHeld(group); // gets thirty other keys
    return group.getResult(GetContext.background(), key).source() == Source.MAIN;
  }

  private static long itemsHeld(Group group) {
    for (int i = 10; i < 40; i++) {
      group.get(Integer.toString(i));
    }
    return group.cacheStats(CacheType.MAIN).items();
  }

  static class NeedsGroups {

    final Group tiles;
    final Group countries;

    @Autowired
    NeedsGroups(@Qualifier("tiles") Group tiles, @Qualifier("countries") Group countries) {
      this.tiles = tiles;
      this.countries = countries;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ScopedGetter {

    @Bean
    @Scope(scopeName = "own", proxyMode = ScopedProxyMode.INTERFACES)
    Getter echo() {
      return ECHO;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class GettersThatNeedGroups {

    @Bean
    Getter echo(GroupCache groupCache) {
      return (context, key, dest) -> {
        if (groupCache.findGroup("echo").isEmpty()) {
          throw new KeyNotFoundException(key);
        }
        dest.setString("echo " + key);
      };
    }

    @Bean
    Getter twice(@Qualifier("echo") Group echo) {
      return (context, key, dest) -> dest.setString(echo.get(key, Sinks.string()).repeat(2));
    }
  }

  private record TimedPeer(List<Duration> timeouts) implements ProtoGetter {

    @Override
    public GetResponse get(GetContext context, GetRequest request) {
      throw new IllegalStateException("It is asked for nothing");
    }

    @Override
    public Optional<Exchange> exchange(Exchange said, Duration timeout) {
      timeouts.add(timeout);
      return Optional.of(Exchange.getDefaultInstance());
    }
  }

  private record RingOfTwo(ProtoGetter other) implements PeerPicker {

    @Override
    public @Nullable ProtoGetter pickPeer(String key) {
      return null;
    }

    @Override
    public Optional<Map<String, ProtoGetter>> others() {
      return Optional.of(Map.of("http://other:1", other));
    }
  }
}
