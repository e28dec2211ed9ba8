package io.groupcache.spring.http.server.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.Getter;
import io.groupcache.GroupCache;
import io.groupcache.Sinks;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.HttpPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Peers that are no web applications. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class NoWebServerTests {

  @Test
  void peersAreAnsweredOnAPortOfTheirOwn() {
    try (ConfigurableApplicationContext owner = start("groupcache.server.port=0");
        RunningApp client = RunningApp.start(App.class)) {
      String port = owner.getEnvironment().getRequiredProperty(PeerPort.PROPERTY);
      client.bean(HttpPool.class).set("http://127.0.0.1:" + port);

      var echo = client.bean(GroupCache.class).group("echo");

      assertThat(echo.get("a/b", Sinks.string())).isEqualTo("a/b");
      assertThat(echo.stats().loadsPeer()).isEqualTo(1);
    }
  }

  @Test
  void peersThatCantBeAnsweredStopTheStart(CapturedOutput output) {
    assertThatThrownBy(() ->
            start("groupcache.self=http://127.0.0.1:1", "groupcache.peers=http://127.0.0.1:1"))
        .hasStackTraceContaining("the others could not ask this peer");
    assertThat(output).contains("Set groupcache.server.port to a port for peers");
  }

  private static ConfigurableApplicationContext start(String... properties) {
    return new SpringApplicationBuilder(App.class)
        .web(WebApplicationType.NONE)
        .properties(properties)
        .run();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }
  }
}
