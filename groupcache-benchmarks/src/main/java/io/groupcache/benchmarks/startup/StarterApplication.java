package io.groupcache.benchmarks.startup;

import io.groupcache.Getter;
import java.io.IOException;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The same with the starter, and a group. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class StarterApplication {

  /** Takes Spring's arguments. */
  public static void main(String[] args) throws IOException {
    BareApplication.serve(StarterApplication.class, args);
  }

  @Bean
  Getter values() {
    return (context, key, dest) -> dest.setString(key);
  }
}
