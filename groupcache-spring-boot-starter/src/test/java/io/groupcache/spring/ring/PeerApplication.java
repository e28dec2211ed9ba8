package io.groupcache.spring.ring;

import io.groupcache.Getter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The application of a Java peer, as a user would write it: getters, and nothing about peers. All
 * peers of a ring, Go's too, have the same values.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({PeerTestController.class, TestGetter.class})
public class PeerApplication {

  /** The group that most tests use. */
  public static final String VALUES = "values";

  /** The group for keys of all kinds. */
  static final String KEYS = "keys";

  /** A group whose name has to be escaped in a URL. */
  static final String ESCAPED = "ma ps+é";

  /** The group whose values say which peer loaded them. */
  static final String OWNERS = "owners";

  /** The group whose values grow: see {@link Truth}. */
  public static final String TRUTH = "truth";

  /** The group that has another value for each load. */
  public static final String TIMED = "timed";

  /** Starts a peer. */
  public static void main(String[] args) {
    SpringApplication.run(PeerApplication.class, args);
  }

  @Bean(VALUES)
  Getter values(TestGetter getter) {
    return (context, key, dest) -> getter.get(VALUES, key, dest);
  }

  @Bean(KEYS)
  Getter keys(TestGetter getter) {
    return (context, key, dest) -> getter.get(KEYS, key, dest);
  }

  @Bean(ESCAPED)
  Getter escaped(TestGetter getter) {
    return (context, key, dest) -> getter.get(ESCAPED, key, dest);
  }

  @Bean(OWNERS)
  Getter owners(@Value("${groupcache.self}") String self) {
    return (context, key, dest) -> dest.setString(self + " " + key);
  }

  @Bean(TRUTH)
  Getter truth(
      @Value("${test.truth:#{null}}") @Nullable Path file,
      @Value("${test.delay:0s}") Duration delay)
      throws IOException {
    Truth truth = file == null ? null : new Truth(file);
    return (context, key, dest) -> {
      long version = Objects.requireNonNull(truth, "test.truth").version(Integer.parseInt(key));
      TimeUnit.NANOSECONDS.sleep(delay.toNanos()); // what was read may be old by then
      dest.setString(Long.toString(version));
    };
  }

  @Bean(TIMED)
  Getter timed() {
    return (context, key, dest) -> dest.setString(UUID.randomUUID().toString());
  }

  /** Security is on, and knows nothing of peers: the starter has to bring them past it. */
  @Bean
  SecurityFilterChain security(HttpSecurity http) {
    return http.authorizeHttpRequests(requests ->
            requests.requestMatchers("/test/**", "/actuator/**").permitAll().anyRequest().denyAll())
        .build();
  }
}
