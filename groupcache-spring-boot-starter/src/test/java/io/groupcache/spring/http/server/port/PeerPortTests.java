package io.groupcache.spring.http.server.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Sink;
import io.groupcache.Sinks;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.GracefulLeave;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.PeerContextFactory;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.system.JavaVersion;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Peers on a port of their own. */
@Timeout(120)
class PeerPortTests {

  private static final String OWN_PORT = "groupcache.server.port=0";
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "TRACE");

  @TempDir static Path files;

  /** Where the application's own things are, and ways that might lead round the checks. */
  private static List<String> ofTheApplication(String prefix) {
    return Stream.of(
            "/",
            "/private",
            "/actuator",
            "/actuator/health",
            "/error",
            "/file.txt",
            "/legacy.do",
            "/acme/report/7",
            "/nosuch",
            "/_groupcache",
            "/_groupcachex/echo/k",
            "/private/..%2F_groupcache/echo/k",
            "/private/../_groupcache/echo/k",
            "/private;/../_groupcache/echo/k",
            "//_groupcache/echo/k",
            "/./_groupcache/echo/k",
            "/%5Fgroupcache/echo/k",
            "/_%67roupcache/echo/k",
            "/_groupcache;x/echo/k",
            "/_GROUPCACHE/echo/k",
            "/forward?to=/private",
            "/%00",
            "/private%2F",
            "/private%5C")
        .map(path -> prefix + path)
        .toList();
  }

  /** Ways that lead out of the peer endpoint, where somebody follows them. */
  private static List<String> detours(String prefix) {
    return Stream.of(
            "/_groupcache/../private",
            "/_groupcache/%2e%2e/private",
            "/_groupcache/..;/private",
            "/_groupcache/..;x=y/private",
            "/_groupcache/echo/../../private",
            "/_groupcache/./../private",
            "/_groupcache/%2e%2e/actuator",
            "/_groupcache/%2e%2e/error",
            "/_groupcache/%2e%2e/file.txt")
        .map(path -> prefix + path)
        .toList();
  }

  /** Spellings of peers' requests that might lead to the peer endpoint on the public port. */
  private static List<String> ofPeers(String prefix) {
    return Stream.of(
            "/_groupcache/echo/k",
            "/_groupcache/echo/",
            "/_groupcache/nosuch/k",
            "/_groupcache/echo",
            "/_groupcache/",
            "/_groupcache/acme/report/7",
            "/%5Fgroupcache/echo/k",
            "/_%67roupcache/echo/k",
            "/_groupcache;x/echo/k",
            "/_groupcache;x=y;z/echo/k",
            "/_groupcache/echo/k;x",
            "/_groupcache/echo/k?q",
            "//_groupcache/echo/k",
            "/./_groupcache/echo/k",
            "/x/../_groupcache/echo/k",
            "/_GROUPCACHE/echo/k")
        .map(path -> prefix + path)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "'', server.servlet.context-path=, spring.mvc.servlet.path=/, false",
    "/app, server.servlet.context-path=/app, spring.mvc.servlet.path=/, false",
    "/mvc, server.servlet.context-path=, spring.mvc.servlet.path=/mvc, false",
    "/app/mvc, server.servlet.context-path=/app, spring.mvc.servlet.path=/mvc, false",
    "'', server.servlet.context-path=, spring.mvc.servlet.path=/, true",
    "/app/mvc, server.servlet.context-path=/app, spring.mvc.servlet.path=/mvc, true",
  })
  void peersAreOnTheirPortAndNothingElseIs(
      String prefix, String context, String servlet, boolean secured) throws IOException {
    Files.writeString(files.resolve("file.txt"), "secret");
    String[] properties = {
      OWN_PORT,
      "groupcache.self=http://self.invalid" + prefix,
      context,
      servlet,
      "spring.web.resources.static-locations=file:" + files + "/",
      "management.endpoints.web.exposure.include=*"
    };
    try (RunningApp app =
            secured
                ? RunningApp.startSecured(App.class, properties)
                : RunningApp.start(App.class, properties);
        RunningApp client = RunningApp.start(App.class)) {
      int peers = app.localPort(PeerPort.PROPERTY);
      client.bean(HttpPool.class).set("http://127.0.0.1:" + peers + prefix);
      Group echo = client.bean(GroupCache.class).group("echo");
      for (String key : List.of("k", "a/b", "..", ".", "\\", ";", "a//b;c%2F?#\n", "", "日")) {
        assertThat(echo.get(key, Sinks.string())).isEqualTo(key);
      }
      assertThat(echo.stats().peerErrors()).isZero();

      for (String target : ofTheApplication(prefix)) {
        for (String method : METHODS) {
          Answer answer = ask(peers, method, target);
          if (method.equals("TRACE")) { // which Tomcat refuses first
            assertThat(answer.status()).as(target).isIn(404, 405);
            assertThat(answer.text()).doesNotContain("secret");
          } else {
            assertThat(answer.status()).as("%s %s", method, target).isEqualTo(404);
            assertThat(answer.text())
                .as("%s %s", method, target)
                .isEqualTo(method.equals("HEAD") ? "" : "Only peers are answered here");
          }
        }
      }
      for (String target : detours(prefix)) {
        for (String method : METHODS) {
          Answer answer = ask(peers, method, target);
          assertThat(answer.text()).as("%s %s", method, target).doesNotContain("secret");
        }
      }
      Answer known = ask(app.port(), "GET", prefix + "/nosuch");
      assertThat(known.status()).isEqualTo(secured ? 401 : 404);
      for (String target : ofPeers(prefix)) {
        for (String method : METHODS) {
          Answer answer = ask(app.port(), method, target);
          Answer unknown = ask(app.port(), method, target.replaceAll("(?i)groupcache", "x"));
          assertThat(answer.status())
              .as("%s %s", method, target)
              .isEqualTo(unknown.status())
              .isBetween(400, 405);
          if (!secured && !method.equals("TRACE")) { // which Tomcat refuses, whatever the path
            assertThat(answer.status()).as("%s %s", method, target).isEqualTo(404);
          }
          assertThat(answer.error()).as(target).isEmpty();
          assertThat(answer.headers().keySet()).isEqualTo(unknown.headers().keySet());
          assertThat(answer.headers().get("Content-Type"))
              .isEqualTo(unknown.headers().get("Content-Type"));
        }
      }
    }
  }

  @Test
  void withoutAPortForPeersTheApplicationAnswersBesideThem() throws IOException {
    try (RunningApp app = RunningApp.start(App.class)) {
      assertThat(ask(app.port(), "GET", "/private").text()).isEqualTo("secret");
      assertThat(ask(app.port(), "GET", "/forward?to=/private").text()).isEqualTo("secret");
      assertThat(ask(app.port(), "GET", "/_groupcache/echo/k").status()).isEqualTo(200);
    }
  }

  @Test
  void aHeaderMayBeAsLongOnThePeersPortAsOnTheOther() throws IOException {
    String request =
        "GET /_groupcache/echo/k HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n";
    try (RunningApp app =
        RunningApp.start(App.class, OWN_PORT, "server.max-http-request-header-size=30KB")) {
      assertThat(raw(app.localPort(PeerPort.PROPERTY), request).status()).isEqualTo(200);
    }
    try (RunningApp app = RunningApp.start(App.class, OWN_PORT)) {
      assertThat(raw(app.localPort(PeerPort.PROPERTY), request).status()).isEqualTo(400);
    }
  }

  @Test
  void theHostHeaderAndTheFirstLineDoNotDecideWhichPortItIs() throws IOException {
    try (RunningApp app =
        RunningApp.start(App.class, OWN_PORT, "server.forward-headers-strategy=native")) {
      int peers = app.localPort(PeerPort.PROPERTY);
      for (String headers :
          List.of(
              "Host: localhost:" + peers + "\r\n",
              "Host: a\r\nX-Forwarded-Port: "
                  + peers
                  + "\r\nX-Forwarded-Host: a:"
                  + peers
                  + "\r\n")) {
        assertThat(
                raw(app.port(), "GET /_groupcache/echo/k HTTP/1.1\r\n" + headers + "\r\n").status())
            .isEqualTo(404);
      }
      assertThat(raw(app.port(), "GET /_groupcache/echo/k HTTP/1.0\r\n\r\n").status())
          .isEqualTo(404);
      assertThat(
              raw(
                      app.port(),
                      "GET http://localhost:"
                          + peers
                          + "/_groupcache/echo/k HTTP/1.1\r\nHost: localhost:"
                          + peers
                          + "\r\n\r\n")
                  .status())
          .isEqualTo(404);
      assertThat(
              raw(peers, "GET /private HTTP/1.1\r\nHost: localhost:" + app.port() + "\r\n\r\n")
                  .text())
          .isEqualTo("Only peers are answered here");
      assertThat(raw(peers, "GET /private HTTP/1.0\r\n\r\n").status()).isEqualTo(404);
      assertThat(raw(peers, "GET /_groupcache/echo/k HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
    }
  }

  @Test
  void encodedSlashesAreLetThroughOnThePeersPortOnly() throws IOException {
    try (RunningApp app = RunningApp.start(App.class, OWN_PORT)) {
      int peers = app.localPort(PeerPort.PROPERTY);

      assertThat(ask(peers, "GET", "/_groupcache/echo/a%2Fb%5Cc").text()).endsWith("a/b\\c");
      assertThat(ask(app.port(), "GET", "/a%2Fb").status()).isEqualTo(400);
      assertThat(ask(app.port(), "GET", "/a%5Cb").status()).isEqualTo(400);
      assertThat(ask(app.port(), "GET", "/_groupcache/echo/a%2Fb").headers())
          .doesNotContainKey("Groupcache-Error");
    }
  }

  @Test
  void refusalsArePlainOnThePeersPortAndTheServersOwnOnThePublicOne() throws IOException {
    try (RunningApp app = RunningApp.start(App.class, OWN_PORT)) {
      int peers = app.localPort(PeerPort.PROPERTY);

      for (String key : List.of("%00", "%zz", "k".repeat(20_000))) {
        assertThat(ask(peers, "GET", "/_groupcache/echo/" + key).text())
            .startsWith("The server can't read");
        Answer answer = ask(app.port(), "GET", "/_groupcache/echo/" + key);
        assertThat(answer.error()).isEmpty();
        assertThat(answer.text()).doesNotContain("The server can't read", "groupcache");
      }
    }
  }

  @Test
  void managementAndPeersHavePortsOfTheirOwn() throws IOException {
    try (RunningApp app = RunningApp.start(App.class, OWN_PORT, "management.server.port=0")) {
      int management = app.localPort("local.management.port");
      int peers = app.localPort(PeerPort.PROPERTY);

      assertThat(ask(management, "GET", "/_groupcache/echo/k").status()).isEqualTo(404);
      assertThat(ask(management, "GET", "/actuator/health").status()).isEqualTo(200);
      assertThat(ask(peers, "GET", "/actuator/health").status()).isEqualTo(404);
      assertThat(ask(peers, "GET", "/_groupcache/echo/k").status()).isEqualTo(200);
    }
  }

  @Test
  void theApplicationsFiltersDoNotSeePeers() throws IOException {
    String filtered = " HTTP/1.1\r\nHost: a\r\nX-Filter: on\r\n\r\n";
    try (RunningApp app = RunningApp.start(App.class, OWN_PORT)) {
      assertThat(raw(app.port(), "GET /private" + filtered).status()).isEqualTo(502);
      assertThat(
              raw(app.localPort(PeerPort.PROPERTY), "GET /_groupcache/echo/k" + filtered).status())
          .isEqualTo(200);
    }
  }

  @Test
  void whatFailsIsSaidInPlainWords() throws IOException {
    String broken = "GET /_groupcache/echo/k HTTP/1.1\r\nHost: a\r\nX-Broken: on\r\n\r\n";
    try (RunningApp app = RunningApp.start(App.class, OWN_PORT)) {
      Answer answer = raw(app.localPort(PeerPort.PROPERTY), broken);

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.text()).isEqualTo("This peer can't answer that");
    }
  }

  @Test
  void itHasThreadsOfItsOwn() throws Exception {
    String waiting = "GET /_groupcache/echo/k HTTP/1.1\r\nHost: a\r\nX-Wait: on\r\n\r\n";
    try (RunningApp app = RunningApp.start(App.class, OWN_PORT, "groupcache.server.max-threads=1");
        RawHttp first = new RawHttp(app.localPort(PeerPort.PROPERTY));
        RawHttp second = new RawHttp(app.localPort(PeerPort.PROPERTY))) {
      Slow slow = app.bean(Slow.class);
      first.write(waiting);
      second.write(waiting);
      slow.started.await();

      assertThat(ask(app.port(), "GET", "/private").status()).isEqualTo(200);
      assertThat(slow.waiting).hasValue(1);
      slow.go.countDown();

      assertThat(first.readAnswer().status()).isEqualTo(200);
      assertThat(second.readAnswer().status()).isEqualTo(200);
    }
  }

  @Test
  void itListensWhereTheServerDoes() throws IOException {
    try (RunningApp app = RunningApp.start(App.class, OWN_PORT, "server.address=127.0.0.2")) {
      int peers = app.localPort(PeerPort.PROPERTY);

      new Socket("127.0.0.2", peers).close();
      assertThatThrownBy(() -> new RawHttp(peers)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void aPortThatIsTakenStopsTheStart() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> RunningApp.start(App.class, "groupcache.server.port=" + port))
          .hasStackTraceContaining("Port " + port + " is already in use");
    }
  }

  @Test
  void itIsOpenedAgainWithTheApplication() throws IOException {
    try (RunningApp app = RunningApp.start(App.class, OWN_PORT)) {
      int before = app.localPort(PeerPort.PROPERTY);
      app.context().stop();
      assertThatThrownBy(() -> new RawHttp(before)).isInstanceOf(ConnectException.class);

      app.context().start();

      int after = app.localPort(PeerPort.PROPERTY);
      assertThat(ask(after, "GET", "/_groupcache/echo/k").status()).isEqualTo(200);
    }
  }

  @Test
  void itStaysOpenWhileAnApplicationIsPaused() throws IOException {
    try (RunningApp app = RunningApp.start(App.class, OWN_PORT)) {
      app.context().pause();

      int peers = app.localPort(PeerPort.PROPERTY);
      assertThat(ask(peers, "GET", "/_groupcache/echo/k").status()).isEqualTo(200);
    }
  }

  @Test
  void aRequestThatDoesNotEndHoldsAShutdownUpOnlySoLong() throws Exception {
    String waiting = "GET /_groupcache/echo/k HTTP/1.1\r\nHost: a\r\nX-Wait: on\r\n\r\n";
    RunningApp app =
        RunningApp.start(App.class, OWN_PORT, "spring.lifecycle.timeout-per-shutdown-phase=100ms");
    try (RawHttp connection = new RawHttp(app.localPort(PeerPort.PROPERTY))) {
      connection.write(waiting);
      Slow slow = app.bean(Slow.class);
      slow.started.await();

      app.close(); // within the time of this test

      slow.go.countDown();
    } finally {
      app.close();
    }
  }

  @Test
  void itAnswersInVirtualThreadsWhereThereAreSome() throws IOException {
    try (RunningApp app =
        RunningApp.start(App.class, OWN_PORT, "spring.threads.virtual.enabled=true")) {
      String thread = ask(app.localPort(PeerPort.PROPERTY), "GET", "/_groupcache/thread/k").text();

      assertThat(thread.contains("VirtualThread"))
          .as(thread)
          .isEqualTo(JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE));
    }
  }

  @Test
  void aPeersRequestIsFinishedBeforeTheServerStops() throws Exception {
    RunningApp app = RunningApp.start(App.class, OWN_PORT);
    try (RunningApp client = RunningApp.start(App.class)) {
      int peers = app.localPort(PeerPort.PROPERTY);
      client.bean(HttpPool.class).set("http://127.0.0.1:" + peers);
      Slow slow = app.bean(Slow.class);
      Group group = client.bean(GroupCache.class).group("slow");

      CompletableFuture<String> get = Threads.supply(() -> group.get("k", Sinks.string()));
      slow.started.await();
      GracefulLeave leave = app.bean(GracefulLeave.class);
      CompletableFuture<Void> closed = Threads.run(app::close);
      await().atMost(Duration.ofSeconds(30)).until(() -> !leave.isRunning());
      assertThat(closed).isNotDone();
      slow.go.countDown();

      assertThat(get.get()).isEqualTo("slow k");
      assertThat(group.stats().loadsPeer()).isEqualTo(1);
      closed.get();
    } finally {
      app.close();
    }
  }

  private static Answer ask(int port, String method, String target) throws IOException {
    return raw(port, method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  private static Answer raw(int port, String request) throws IOException {
    try (RawHttp connection = new RawHttp(port)) {
      return connection.send(request);
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
    Getter thread() {
      return (context, key, dest) -> dest.setString(Thread.currentThread().toString());
    }

    @Bean
    Slow slowness() {
      return new Slow();
    }

    @Bean
    Getter slow(Slow slow) {
      return slow::get;
    }

    @Bean
    Private privateController() {
      return new Private();
    }

    @Bean
    ServletRegistrationBean<HttpServlet> legacyServlet() {
      return new ServletRegistrationBean<>(new Legacy(), "*.do");
    }

    @Bean
    PeerContextFactory contexts(Slow slow) {
      return request -> {
        if (request.getHeader("X-Broken") != null) {
          throw new UnsupportedOperationException("secret");
        }
        if (request.getHeader("X-Wait") != null) {
          slow.await();
        }
        return GetContext.background();
      };
    }

    /** An application's filter, through which nobody comes. */
    @Bean
    Filter filter() {
      return (request, response, chain) -> {
        if (((HttpServletRequest) request).getHeader("X-Filter") == null) {
          chain.doFilter(request, response);
        } else {
          ((HttpServletResponse) response).sendError(502, "secret");
        }
      };
    }
  }

  static class Slow {

    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    void get(GetContext context, String key, Sink dest) {
      await();
      dest.setString("slow " + key);
    }

    void await() {
      waiting.incrementAndGet();
      started.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static class Legacy extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("secret");
    }
  }

  @Controller
  static class Private {

    @RequestMapping("/private")
    @ResponseBody
    String get() {
      return "secret";
    }

    @RequestMapping("/{tenant}/report/{id}")
    @ResponseBody
    String report(@PathVariable String tenant, @PathVariable String id) {
      return "secret " + id + " of " + tenant;
    }

    @GetMapping("/forward")
    String forward(@RequestParam String to) {
      return "forward:" + to;
    }
  }
}
