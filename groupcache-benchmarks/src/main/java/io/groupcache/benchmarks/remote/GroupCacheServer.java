package io.groupcache.benchmarks.remote;

import io.groupcache.Getter;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * A process with a peer of ours as a user has it, with the settings that the starter comes with.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class GroupCacheServer {

  /** The group that has the values. */
  static final String GROUP = "values";

  /** Takes Spring's arguments, says {@code READY} and its URL, and ends when its input does. */
  public static void main(String[] args) throws IOException {
    try (ConfigurableApplicationContext context =
        SpringApplication.run(GroupCacheServer.class, args)) {
      System.out.println("READY http://127.0.0.1:" + port(context.getEnvironment()));
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Where peers are answered: on their own port, if they have one. */
  private static String port(Environment environment) {
    return environment.getProperty(
        "local.groupcache.port", environment.getRequiredProperty("local.server.port"));
  }

  @Bean(GROUP)
  Getter values(@Value("${value.size}") int size) {
    return (context, key, dest) -> dest.setBytes(Values.value(key, size));
  }
}
