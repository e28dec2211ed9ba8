package io.groupcache.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Getter;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application whose group {@code gated} loads only when a test lets it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class GatedApp {

  @Bean
  Gate gate() {
    return new Gate();
  }

  @Bean
  Getter gated(Gate gate) {
    return (context, key, dest) -> {
      gate.pass();
      dest.setString(key);
    };
  }

  /** More than connections have room for, as long as nobody reads. */
  @Bean
  Getter large() {
    return (context, key, dest) -> dest.setBytes(new byte[16 << 20]);
  }

  @Bean
  Getter echo() {
    return (context, key, dest) -> dest.setString(key);
  }

  /** Where getters wait for a test, and the test for them. */
  static final class Gate {

    private final Semaphore entered = new Semaphore(0);
    private final Semaphore open = new Semaphore(0);

    /** Returns when so many loads have begun. */
    void awaitLoads(int count) throws InterruptedException {
      assertThat(entered.tryAcquire(count, 20, TimeUnit.SECONDS)).as("the loads began").isTrue();
    }

    /** Lets all loads go on, now and later. */
    void open() {
      open.release(1_000_000);
    }

    private void pass() throws InterruptedException {
      entered.release();
      assertThat(open.tryAcquire(30, TimeUnit.SECONDS)).as("the test opened the gate").isTrue();
    }
  }
}
