package io.groupcache.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.Sinks;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What a getter finds in the thread that it is called in. */
class LoadThreadTests {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(GroupCacheAutoConfiguration.class));

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingOfTheCallerThatMadeTheThread(boolean virtual) {
    InheritableThreadLocal<String> user = new InheritableThreadLocal<>();
    runner
        .withPropertyValues("spring.threads.virtual.enabled=" + virtual)
        .withBean(
            "users", Getter.class, () -> (context, key, dest) -> dest.setString("" + user.get()))
        .run(context -> {
          user.set("the first caller");
          try {
            assertThat(context.getBean(Group.class).get("k", Sinks.string())).isEqualTo("null");
          } finally {
            user.remove();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theApplicationsClassLoader(boolean virtual) {
    BlockingQueue<ClassLoader> found = new LinkedBlockingQueue<>();
    Getter getter =
        (context, key, dest) -> {
          found.add(Thread.currentThread().getContextClassLoader());
          dest.setString(key);
        };
    runner
        .withPropertyValues("spring.threads.virtual.enabled=" + virtual)
        .withBean("loaders", Getter.class, () -> getter)
        .run(context -> {
          Thread thread = Thread.currentThread();
          ClassLoader before = thread.getContextClassLoader();
          try (URLClassLoader callers = new URLClassLoader(new URL[0], before)) {
            thread.setContextClassLoader(callers);
            context.getBean(Group.class).get("k");
          } finally {
            thread.setContextClassLoader(before);
          }
          assertThat(found).containsExactly(context.getClassLoader());
        });
  }
}
