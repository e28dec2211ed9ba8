package io.groupcache.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Sink;
import io.groupcache.Sinks;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Gets while the context starts, whose getters may have to be made first. */
@Timeout(60) // a get that waits for itself would take an hour
class GetsDuringStartTests {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(GroupCacheAutoConfiguration.class))
          .withPropertyValues("groupcache.timeout=1h");

  @Test
  void aConstructorMayGet() {
    runner
        .withBean("warm", ConstructorThatGets.class)
        .withBean("threads", ThreadGetter.class)
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context.getBean(ConstructorThatGets.class).value).startsWith("k ");
        });
  }

  @Test
  void anInitializingBeanMayGet() {
    runner
        .withBean("warm", InitializerThatGets.class)
        .withBean("threads", ThreadGetter.class)
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context.getBean(InitializerThatGets.class).value).startsWith("k ");
        });
  }

  @Test
  void manyKeysMayBeGot() {
    runner
        .withBean("warm", InitializerThatGetsAll.class)
        .withBean("threads", ThreadGetter.class)
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context.getBean(InitializerThatGetsAll.class).keys).hasSize(100);
        });
  }

  @Test
  void onceTheContextHasStartedLoadsHaveThreadsOfTheirOwn() {
    runner
        .withBean("threads", ThreadGetter.class)
        .run(context ->
            assertThat(context.getBean(Group.class).get("k", Sinks.string()))
                .startsWith("k groupcache-load-"));
  }

  @Test
  void aGetterThatGetsFromItsOwnGroupWhileItIsMadeFailsAtOnce() {
    runner
        .withBean("own", GetterThatGetsFromItself.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .hasStackTraceContaining("The Getter bean 'own' is still being made"));
  }

  @Test
  void aGetOfAGroupWhoseGetterNeedsTheBeanThatGetsFailsAtOnce() {
    runner
        .withUserConfiguration(Circle.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .hasStackTraceContaining("The Getter bean 'circle' is still being made"));
  }

  @Test
  void gettersAreMadeWithTheContextWhateverTheirScope() {
    runner
        .withBean(
            "threads",
            ThreadGetter.class,
            ThreadGetter::new,
            definition -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE))
        .run(context ->
            assertThat(context.getBean(Group.class).get("k", Sinks.string()))
                .endsWith("made in " + Thread.currentThread().getName()));
  }

  @Test
  void gettersAreMadeWithTheContextWhereOtherBeansAreLazy() {
    runner
        .withBean("threads", ThreadGetter.class)
        .withBean("lazy", InitializerThatGets.class)
        .withBean(LazyInitializationBeanFactoryPostProcessor.class)
        .run(context -> {
          assertThat(context.getSourceApplicationContext().getBeanFactory())
              .matches(beans -> beans.containsSingleton("threads"))
              .matches(beans -> !beans.containsSingleton("lazy"));
          assertThat(context.getBean(InitializerThatGets.class).value).startsWith("k ");
        });
  }

  @Test
  void aLazyGetterIsMadeAtItsFirstLoadAndItsGroupIsThereBefore() {
    runner
        .withUserConfiguration(LazyGetter.class)
        .run(context -> {
          Group group = context.getBean(GroupCache.class).group("threads");
          assertThat(context.getSourceApplicationContext().getBeanFactory())
              .matches(beans -> !beans.containsSingleton("threads"));
          assertThat(group.get("k", Sinks.string())).startsWith("k ");
        });
  }

  /** Gives the names of the threads that it is called in, and was made in. */
  static class ThreadGetter implements Getter {

    private final String maker = Thread.currentThread().getName();

    @Override
    public void get(GetContext context, String key, Sink dest) {
      dest.setString(key + " " + Thread.currentThread().getName() + " made in " + maker);
    }
  }

  static class ConstructorThatGets {

    final String value;

    ConstructorThatGets(GroupCache groupCache) {
      this.value = groupCache.group("threads").get("k", Sinks.string());
    }
  }

  static class InitializerThatGets implements InitializingBean {

    private final Group threads;
    String value = "";

    InitializerThatGets(Group threads) {
      this.threads = threads;
    }

    @Override
    public void afterPropertiesSet() {
      value = threads.get("k", Sinks.string());
    }
  }

  static class InitializerThatGetsAll implements InitializingBean {

    private final Group threads;
    List<String> keys = List.of();

    InitializerThatGetsAll(Group threads) {
      this.threads = threads;
    }

    @Override
    public void afterPropertiesSet() {
      List<String> wanted = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
      keys = List.copyOf(threads.getAll(wanted).keySet());
    }
  }

  static class GetterThatGetsFromItself extends ThreadGetter implements InitializingBean {

    private final Group own;

    GetterThatGetsFromItself(Group own) {
      this.own = own;
    }

    @Override
    public void afterPropertiesSet() {
      own.get("k");
    }
  }

  static class NeedsAValue {

    NeedsAValue(Group circle) {
      circle.get("k");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Circle {

    @Bean
    NeedsAValue needsAValue(Group circle) {
      return new NeedsAValue(circle);
    }

    @Bean
    Getter circle(NeedsAValue needed) {
      return (context, key, dest) -> dest.setString(key + needed);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class LazyGetter {

    @Bean
    @Lazy
    Getter threads() {
      return new ThreadGetter();
    }
  }
}
