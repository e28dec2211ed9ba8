package io.groupcache.spring.change;

import io.groupcache.Getter;
import io.groupcache.PromotionPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application whose values grow, in one source for all peers of a test. What a peer gets from
 * another one it mirrors.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class VersionedApp {

  private static final Map<String, AtomicInteger> VERSIONS = new ConcurrentHashMap<>();

  /** How often each key was loaded, by whichever peer. */
  private static final Map<String, AtomicInteger> LOADS = new ConcurrentHashMap<>();

  private static final Map<String, Getter> SCRIPTS = new ConcurrentHashMap<>();

  static AtomicInteger version(String key) {
    return VERSIONS.computeIfAbsent(key, name -> new AtomicInteger());
  }

  static int loads(String key) {
    return LOADS.computeIfAbsent(key, name -> new AtomicInteger()).get();
  }

  /** Has a key loaded like this from now on. */
  static void script(String key, Getter getter) {
    SCRIPTS.put(key, getter);
  }

  @Bean
  Getter versions() {
    return (context, key, dest) -> {
      LOADS.computeIfAbsent(key, name -> new AtomicInteger()).incrementAndGet();
      Getter script = SCRIPTS.get(key);
      if (script != null) {
        script.get(context, key, dest);
      } else {
        dest.setString(key + "@" + version(key).get());
      }
    };
  }

  @Bean
  Getter timed() {
    return (context, key, dest) -> dest.setString(key, Duration.ofMinutes(5));
  }

  @Bean
  PromotionPolicy always() {
    return (key, response) -> true;
  }
}
