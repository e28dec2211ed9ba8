package io.groupcache.spring.ring;

import io.groupcache.Getter;
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

  /** Security is on, and knows nothing of peers: the starter has to bring them past it. */
  @Bean
  SecurityFilterChain security(HttpSecurity http) {
    return http.authorizeHttpRequests(requests ->
            requests.requestMatchers("/test/**", "/actuator/**").permitAll().anyRequest().denyAll())
        .build();
  }
}
