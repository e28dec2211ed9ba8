package io.groupcache.spring.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.spring.Certificates;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.HttpPool;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** With Spring Security as Boot sets it up: every request needs a password. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SecuredAppTests {

  private static final String ANONYMOUS = "groupcache.security.allow-anonymous=true";

  private static RunningApp app;

  @BeforeAll
  static void start() {
    app = RunningApp.startSecured(App.class, ANONYMOUS);
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "a%2Fb",
        "a//b",
        "a%5Cb",
        "a%3Bb",
        "a;b",
        "a%25b",
        "a%0Ab%0D",
        "%2E",
        "%2E%2E",
        "..%2Fx",
        "..",
        "%E2%80%A8",
        "%EF%BB%BF",
      })
  void peersAreAnsweredWhateverTheKey(String key) throws IOException {
    Answer answer = get("/_groupcache/echo/" + key);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("Content-Type", "application/x-protobuf");
  }

  @Test
  void peersAreAnsweredAboutManyKeysWithNoTokenAgainstForgery() throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      Answer answer =
          connection.send(
              """
              POST /_groupcache/echo HTTP/1.1\r
              Host: localhost\r
              Content-Type: application/x-protobuf\r
              Content-Length: 6\r
              \r
              \n\001a\n\001b\
              """);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().length()).isPositive();
    }
  }

  @Test
  void aRingWorksThroughSecurity() {
    try (RunningApp client = RunningApp.startSecured(App.class, ANONYMOUS)) {
      client.bean(HttpPool.class).set(app.url());
      Group echo = client.bean(GroupCache.class).group("echo");

      assertThat(echo.get("tab\t; / \\ % // ..").utf8()).isEqualTo("tab\t; / \\ % // ..");
      assertThat(echo.stats().loadsPeer()).isEqualTo(1);
      assertThat(echo.stats().peerErrors()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/private",
        "/",
        "/_groupcache",
        "/_groupcachex/echo/x",
        "/actuator",
        "/x/_groupcache/echo/x",
        "/acme/report/7",
        "/acme/x/function",
        "/legacy.do",
        "/_groupcache/echo/legacy.do",
      })
  void nothingElseIsOpened(String target) throws IOException {
    assertThat(get(target).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"echo/function, function", "report/7, There is no group"})
  void whatIsOpenLeadsToThePeerEndpointOnly(String path, String answer) throws IOException {
    assertThat(get("/_groupcache/" + path).text()).contains(answer).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_groupcache/../private",
        "/_groupcache/%2e%2e/private",
        "/_groupcache/echo/../../private",
        "/_groupcache/echo/%2E%2E/%2E%2E/private",
        "/_groupcache/..;/private",
        "/private/..%2F_groupcache/echo/x",
        "/private/../_groupcache/echo/x",
        "//_groupcache/echo/x",
        "/./_groupcache/echo/x",
        "/%5Fgroupcache/echo/x",
        "/_groupcache;x/echo/x",
        "/_groupcache/../acme/report/7",
        "/_groupcache/..%2Fprivate",
        "/_groupcache/legacy.do",
      })
  void noDetourLeadsPastSecurity(String target) throws IOException {
    Answer answer = get(target);

    assertThat(answer.status()).isBetween(400, 404);
    assertThat(answer.text()).doesNotContain("secret");
  }

  @Test
  void anEndpointWithoutALockBesideTheLoginStopsTheStart(CapturedOutput output) {
    assertThatThrownBy(() -> RunningApp.startSecured(App.class))
        .hasStackTraceContaining("groupcache.security.allow-anonymous");
    assertThat(output)
        .contains("APPLICATION FAILED TO START", "could read every group under /_groupcache/**")
        .contains("groupcache.security.shared-secret", "groupcache.server.port")
        .contains("server.ssl.client-auth=need", "groupcache.security.allow-anonymous=true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "groupcache.security.shared-secret=s3cret",
        "groupcache.server.port=0",
        "groupcache.self=",
        "groupcache.enabled=false",
      })
  void anyLockWillDo(String property, CapturedOutput output) {
    RunningApp.startSecured(App.class, property).close();

    assertThat(output).doesNotContain("Whoever reaches this application's port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"groupcache.server.port=0", "groupcache.self="})
  void whereNoPeersAreAnsweredTheirPathIsSecuredAsAnyOther(String property, CapturedOutput output)
      throws IOException {
    int before = output.toString().length();
    try (RunningApp closed = RunningApp.startSecured(App.class, property);
        RawHttp connection = new RawHttp(closed.port())) {
      assertThat(connection.get("/_groupcache/echo/x").status()).isEqualTo(401);
      assertThat(output.toString().substring(before)).doesNotContain("groupcache peers");
    }
  }

  @Test
  void aCertificateThatEveryoneHasToShowIsALock(@TempDir Path directory) throws Exception {
    Certificates certificates = new Certificates(directory);
    List<String> properties =
        new ArrayList<>(certificates.bundle("peer", certificates.issue("one.p12", "one")));
    properties.add("server.ssl.bundle=peer");
    properties.add("server.ssl.client-auth=need");

    RunningApp.startSecured(App.class, properties.toArray(String[]::new)).close();
  }

  private static Answer get(String target) throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      return connection.get(target);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }

    @Bean
    Private privateController() {
      return new Private();
    }

    @Bean
    RouterFunction<ServerResponse> privateFunction() {
      return RouterFunctions.route()
          .GET("/{tenant}/{x}/function", request -> ServerResponse.ok().body("secret"))
          .build();
    }

    @Bean
    ServletRegistrationBean<HttpServlet> legacyServlet() {
      return new ServletRegistrationBean<>(new Legacy(), "*.do");
    }
  }

  static class Legacy extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("secret");
    }
  }

  @RestController
  static class Private {

    @GetMapping("/private")
    String get() {
      return "secret";
    }

    @GetMapping("/{tenant}/report/{id}")
    String report(@PathVariable String tenant, @PathVariable String id) {
      return "secret " + id + " of " + tenant;
    }
  }
}
