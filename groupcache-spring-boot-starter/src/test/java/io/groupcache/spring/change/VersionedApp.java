package io.groupcache.spring.change;

import io.groupcache.Getter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application whose values grow, in one source for all peers of a test. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class VersionedApp {

  private static final Map<String, AtomicInteger> VERSIONS = new ConcurrentHashMap<>();

  /** How often each key was loaded, by whichever peer. */
  static final Map<String, AtomicInteger> LOADS = new ConcurrentHashMap<>();

  static AtomicInteger version(String key) {
    return VERSIONS.computeIfAbsent(key, name -> new AtomicInteger());
  }

  static int loads(String key) {
    return LOADS.computeIfAbsent(key, name -> new AtomicInteger()).get();
  }

  @Bean
  Getter versions() {
    return (context, key, dest) -> {
      LOADS.computeIfAbsent(key, name -> new AtomicInteger()).incrementAndGet();
      dest.setString(key + "@" + version(key).get());
    };
  }

  @Bean
  Getter timed() {
    return (context, key, dest) -> {
      LOADS.computeIfAbsent(key, name -> new AtomicInteger()).incrementAndGet();
      dest.setString(key + "@" + version(key).get(), Duration.ofMinutes(5));
    };
  }
}
