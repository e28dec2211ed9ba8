package io.groupcache.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.NewGroupHook;
import io.groupcache.Sinks;
import io.groupcache.spring.typed.Loader;
import io.groupcache.spring.typed.TypedGroup;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Applications of a parent context and its children. */
@Timeout(60)
class ContextHierarchyTests {

  @Test
  void aChildWithTheGroupCacheMakesItsGettersGroups() {
    try (var child = start(Empty.class, CachedGetter.class)) {
      assertThat(child.getBean(GroupCache.class).groups())
          .extracting(Group::name)
          .containsExactly("echo");
      assertThat(child.getBean("user", GroupUser.class).get("k")).isEqualTo("k");
    }
  }

  @Test
  void aChildsGettersAreGroupsOfTheGroupCacheOfItsParent() {
    try (var child = start(Cached.class, CachedGetter.class)) {
      GroupCache groupCache = child.getBean(GroupCache.class);
      assertThat(child.getBeanFactory().containsLocalBean("groupCache")).isFalse();
      assertThat(groupCache.group("echo").get("k", Sinks.string())).isEqualTo("k");
      assertThat(child.getBean("user", GroupUser.class).get("k")).isEqualTo("k");
    }
  }

  @Test
  void gettersOfAParentAreGroupsOfTheGroupCacheOfItsChild() {
    try (var child = start(PlainGetter.class, Cached.class)) {
      assertThat(child.getBean(GroupCache.class).group("echo").get("k", Sinks.string()))
          .isEqualTo("k");
    }
  }

  @Test
  void loadersOfAParentAreTypedGroupsOfWhoeverHasTheGroupCache() {
    for (Class<?> child : List.of(Cached.class, Empty.class)) {
      Class<?> parent = child == Empty.class ? CachedLoader.class : PlainLoader.class;
      try (var context = start(parent, child)) {
        assertThat(context.getBean("wordsGroup", TypedGroup.class).name()).isEqualTo("words");
        assertThat(context.getBean(GroupCache.class).group("words").get("7", Sinks.string()))
            .isEqualTo("word 7");
      }
    }
  }

  @Test
  void gettersOfAParentThatHasAGroupCacheAreGroupsOnce() {
    try (var child = start(CachedGetter.class, Cached.class)) {
      assertThat(child.getBean(GroupCache.class).groups()).hasSize(1);
    }
  }

  @Test
  void aHookOfTheParentIsToldOnceOfAGroupOfItsChild() {
    try (var child = start(Hooked.class, CachedGetter.class)) {
      assertThat(child.getBean(Hooked.Told.class).groups()).containsExactly("echo");
    }
  }

  @Test
  void aChildMayGetWhileItStarts() {
    try (var child = start(Cached.class, GettingChild.class)) {
      assertThat(child.getBean(GettingChild.Got.class).value()).isEqualTo("k");
    }
  }

  @Test
  void aChildThatGetsWhatNeedsItselfFailsAtOnce() {
    assertThatThrownBy(() -> start(Cached.class, CircularChild.class))
        .hasStackTraceContaining("The Getter bean 'echo' is still being made");
  }

  private static ConfigurableApplicationContext start(Class<?> parent, Class<?> child) {
    return new SpringApplicationBuilder(parent)
        .web(WebApplicationType.NONE)
        .child(child)
        .web(WebApplicationType.NONE)
        .run("--groupcache.timeout=1h", "--spring.main.banner-mode=off");
  }

  record GroupUser(Group group) {

    String get(String key) {
      return group.get(key, Sinks.string());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Empty {}

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(GroupCacheAutoConfiguration.class)
  static class Cached {}

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(GroupCacheAutoConfiguration.class)
  static class Hooked {

    record Told(List<String> groups) implements NewGroupHook {

      @Override
      public void groupCreated(Group group) {
        groups.add(group.name());
      }
    }

    @Bean
    Told told() {
      return new Told(new CopyOnWriteArrayList<>());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class PlainLoader {

    @Bean
    Loader<Long, String> words() {
      return id -> "word " + id;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(GroupCacheAutoConfiguration.class)
  static class CachedLoader extends PlainLoader {}

  @Configuration(proxyBeanMethods = false)
  static class PlainGetter {

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(GroupCacheAutoConfiguration.class)
  static class CachedGetter {

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }

    @Bean
    GroupUser user(@Qualifier("echo") Group group) {
      return new GroupUser(group);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(GroupCacheAutoConfiguration.class)
  static class CircularChild {

    @Bean
    Getter echo(@Qualifier("echo") Group group) {
      String prefix = group.get("prefix", Sinks.string());
      return (context, key, dest) -> dest.setString(prefix + key);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(GroupCacheAutoConfiguration.class)
  static class GettingChild {

    record Got(String value) {}

    @Bean
    Got got(@Qualifier("echo") Group group) {
      return new Got(group.get("k", Sinks.string()));
    }

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }
  }
}
