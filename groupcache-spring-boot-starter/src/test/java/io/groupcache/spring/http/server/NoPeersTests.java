package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.server.port.PeerPort;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** An application with no peers, or with a port for them: nothing of theirs is on its own port. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class NoPeersTests {

  @ParameterizedTest
  @ValueSource(strings = {"groupcache.self=", "groupcache.server.port=0"})
  void thePathIsTheApplications(String property) throws IOException {
    try (RunningApp app = RunningApp.start(App.class, property);
        RawHttp connection = new RawHttp(app.port())) {
      assertThat(connection.get("/_groupcache/report/7").text()).isEqualTo("7 of _groupcache");
      assertThat(connection.get("/_groupcache/report/").status()).isEqualTo(404);
      assertThat(connection.get("/a%2Fb").status()).isEqualTo(400);
    }
  }

  @Test
  void noPortIsOpened(CapturedOutput output) {
    try (RunningApp app = RunningApp.start(App.class, "groupcache.self=")) {
      assertThat(app.hasLocalPort(PeerPort.PROPERTY)).isFalse();
      assertThat(output).doesNotContain("Peers are answered", "Whoever reaches");
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Reports reports() {
      return new Reports();
    }
  }

  @RestController
  static class Reports {

    @GetMapping("/{tenant}/report/{id}")
    String report(@PathVariable String tenant, @PathVariable String id) {
      return id + " of " + tenant;
    }
  }
}
