package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.Getter;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application whose group {@code gated} loads only when a test lets it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class GatedApp {

  @Bean
  public Gate gate() {
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
  public static final class Gate {

    private final Semaphore entered = new Semaphore(0);
    private final Semaphore open = new Semaphore(0);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** Returns when so many loads have begun. */
    public void awaitLoads(int count) throws InterruptedException {
      assertThat(entered.tryAcquire(count, 20, TimeUnit.SECONDS)).as("the loads began").isTrue();
    }

    /** Lets all loads go on, now and later. */
    public void open() {
      open.release(1_000_000);
    }

    /** How many loads were there at a time, at the most. */
    int mostAtATime() {
      return most.get();
    }

    /** Has loads wait again, once none is left of those that had been let through. */
    void close() {
      await().atMost(Duration.ofSeconds(20)).until(() -> inside.get() == 0);
      open.drainPermits();
      entered.drainPermits();
      most.set(0);
    }

    void pass() throws InterruptedException {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      try {
        entered.release();
        assertThat(open.tryAcquire(30, TimeUnit.SECONDS)).as("the test opened the gate").isTrue();
      } finally {
        inside.decrementAndGet();
      }
    }
  }
}
