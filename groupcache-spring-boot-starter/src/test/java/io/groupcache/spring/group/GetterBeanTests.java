package io.groupcache.spring.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.BulkGetter;
import io.groupcache.GetAllResult;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.KeyNotFoundException;
import io.groupcache.Sinks;
import io.groupcache.spring.autoconfigure.GroupCacheAutoConfiguration;
import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;

/** What a group knows of the type of its getter, which is a bean. */
class GetterBeanTests {

  private static final Set<String> KEYS = Set.of("a", "b", "c");

  private final BlockingQueue<Set<String>> calls = new LinkedBlockingQueue<>();
  private final BulkGetter upperCase =
      (context, dests) -> {
        calls.add(new TreeSet<>(dests.keySet()));
        dests.forEach((key, dest) -> {
          if (!key.equals("missing")) {
            dest.setString(key.toUpperCase(Locale.ROOT));
          }
        });
      };

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(GroupCacheAutoConfiguration.class));

  @Test
  void aBulkGetterBeanIsCalledOnceForManyKeys() {
    runner
        .withBean("letters", BulkGetter.class, () -> upperCase)
        .run(context -> assertThatKeysAreLoadedInOneGo(context.getBean(Group.class)));
  }

  @Test
  void aBulkGetterBeanOfAScopeIsCalledOnceForManyKeys() {
    runner
        .withUserConfiguration(ScopedBulkGetter.class)
        .withBean("calls", CalledGetter.class, () -> new CalledGetter(upperCase))
        .withInitializer(
            context -> context.getBeanFactory().registerScope("own", new SimpleThreadScope()))
        .run(context -> assertThatKeysAreLoadedInOneGo(context.getBean(Group.class)));
  }

  @Test
  void aBulkGetterThatAFactoryMakesIsCalledOnceForManyKeys() {
    runner
        .withBean("letters", BulkGetterFactory.class, () -> new BulkGetterFactory(upperCase))
        .run(context -> assertThatKeysAreLoadedInOneGo(context.getBean(Group.class)));
  }

  @Test
  void aKeyThatABulkGetterBeanLeavesOutDoesNotExist() {
    runner
        .withBean("letters", BulkGetter.class, () -> upperCase)
        .run(context -> {
          Group letters = context.getBean(Group.class);
          assertThatThrownBy(() -> letters.get("missing")).isInstanceOf(KeyNotFoundException.class);
          assertThat(letters.get("a", Sinks.string())).isEqualTo("A");
        });
  }

  @Test
  void aBulkGetterThatIsNotDeclaredAsOneStopsTheStart() {
    runner
        .withBean("letters", Getter.class, () -> upperCase)
        .run(context ->
            assertThat(context)
                .getFailure()
                .isInstanceOf(GroupCacheConfigurationException.class)
                .hasMessageContaining("letters")
                .hasMessageContaining("BulkGetter"));
  }

  private void assertThatKeysAreLoadedInOneGo(Group letters) {
    GetAllResult result = letters.getAll(KEYS);
    assertThat(result.keySet()).isEqualTo(KEYS);
    assertThat(calls).containsExactly(new TreeSet<>(KEYS));
  }

  record CalledGetter(BulkGetter getter) {}

  record BulkGetterFactory(BulkGetter getter) implements FactoryBean<BulkGetter> {

    @Override
    public BulkGetter getObject() {
      return getter;
    }

    @Override
    public Class<?> getObjectType() {
      return BulkGetter.class;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ScopedBulkGetter {

    @Bean
    @Scope(scopeName = "own", proxyMode = ScopedProxyMode.INTERFACES)
    BulkGetter letters(CalledGetter calls) {
      return calls.getter();
    }
  }
}
