package io.groupcache.spring.http.server;

import static io.groupcache.spring.http.server.PeerAsker.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.server.GatedApp.Gate;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with a filter that does not let requests be answered later. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class NoAsyncTests {

  private RunningApp app;
  private Gate gate;

  @BeforeEach
  void start() {
    app = RunningApp.start(App.class);
    gate = app.bean(Gate.class);
  }

  @AfterEach
  void stop() {
    gate.open();
    app.close();
  }

  @Test
  void aGetWaitsInItsThreadUntilTheValueIsThere() throws Exception {
    try (RawHttp connection = new RawHttp(app.port())) {
      connection.write("GET /_groupcache/mixed/slow HTTP/1.1\r\nHost: a\r\n\r\n");
      gate.awaitLoads(1);
      gate.open();

      Answer answer = connection.readAnswer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).endsWith("slow");
    }
  }

  @Test
  void orUntilItsTimeIsUp() throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      Answer answer =
          connection.send(
              "GET /_groupcache/mixed/slow HTTP/1.1\r\nHost: a\r\nGroupcache-Timeout: 300\r\n\r\n");

      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.error()).isEqualTo("still-loading");
    }
  }

  @Test
  void questionsAndWaitsAreAnsweredWithWhatThereIsInTime() throws IOException {
    try (PeerAsker asker = new PeerAsker(app)) {
      List<Long> named = asker.load("mixed", "slow");
      assertThat(asker.await(named).getKeyList()).isEmpty();

      asker.beginToAwait(named);
      gate.open();

      assertThat(asker.readAnswer().getKeyList()).containsExactly(value(0, "slow"));
    }
  }

  @Test
  void itIsSaidOnceAndWhatToDo(CapturedOutput output) throws Exception {
    Group group = app.bean(GroupCache.class).group("mixed");
    try (PeerAsker asker = new PeerAsker(app)) {
      asker.load("mixed", "slow");
      asker.load("mixed", "slow 2");
      gate.open();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !group.isLoading("slow") && !group.isLoading("slow 2"));
    }

    assertThat(output)
        .containsOnlyOnce("a servlet filter or servlet that does not support async")
        .contains("asyncSupported");
  }

  @Configuration(proxyBeanMethods = false)
  static class App extends MixedApp {

    @Bean
    FilterRegistrationBean<Filter> synchronous() {
      FilterRegistrationBean<Filter> registration =
          new FilterRegistrationBean<>(
              (request, response, chain) -> chain.doFilter(request, response));
      registration.setAsyncSupported(false);
      return registration;
    }
  }
}
