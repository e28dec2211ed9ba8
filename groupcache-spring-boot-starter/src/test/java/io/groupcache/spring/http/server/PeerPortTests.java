package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.groupcache.spring.http.HttpPool;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.system.JavaVersion;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationListener;
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
            "/_groupcache/../private",
            "/_groupcache/%2e%2e/private",
            "/_groupcache/..;/private",
            "/_groupcache/..;x=y/private",
            "/_groupcache/echo/../../private",
            "/_groupcache/./../private",
            "/_groupcache/%2e%2e/actuator",
            "/_groupcache/%2e%2e/error",
            "/_groupcache/%2e%2e/file.txt",
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
      if (!prefix.endsWith("/mvc")) { // where it is not Spring MVC's but another servlet's
        assertThat(ask(peers, "GET", prefix + "/_groupcache/legacy.do").status()).isEqualTo(404);
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
  void anApplicationsPatternDoesNotAnswerForThePeerEndpointOnThePublicPort() throws IOException {
    try (RunningApp app = RunningApp.start(App.class, OWN_PORT)) {
      assertThat(ask(app.port(), "GET", "/acme/report/7").text()).isEqualTo("secret 7 of acme");
      for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")) {
        Answer answer = ask(app.port(), method, "/_groupcache/report/7");

        assertThat(answer.status()).as(method).isEqualTo(404);
        assertThat(answer.text()).doesNotContain("secret");
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

  @ParameterizedTest
  @CsvSource({
    "'', server.servlet.context-path=, spring.mvc.servlet.path=/",
    "/app, server.servlet.context-path=/app, spring.mvc.servlet.path=/",
    "/mvc, server.servlet.context-path=, spring.mvc.servlet.path=/mvc",
    "/app/mvc, server.servlet.context-path=/app, spring.mvc.servlet.path=/mvc",
  })
  void problemDetailsNameThePathAsForAnyOtherThatIsUnknown(
      String prefix, String context, String servlet) throws IOException {
    try (RunningApp app =
        RunningApp.start(
            App.class, OWN_PORT, context, servlet, "spring.mvc.problemdetails.enabled=true")) {
      for (String path : List.of("/_groupcache/echo/k", "/_groupcache/", "/%5Fgroupcache/a;b/k")) {
        Answer answer = ask(app.port(), "GET", prefix + path);
        Answer unknown = ask(app.port(), "GET", prefix + path.replace("groupcache", "x"));

        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
        assertThat(answer.text()).contains("groupcache");
        assertThat(answer.text().replace("groupcache", "x")).isEqualTo(unknown.text());
      }
    }
  }

  @Test
  void aPreflightLearnsNothingOnThePublicPort() throws IOException {
    String preflight =
        " HTTP/1.1\r\nHost: a\r\nOrigin: http://b\r\nAccess-Control-Request-Method: GET\r\n\r\n";
    try (RunningApp app = RunningApp.start(App.class, OWN_PORT)) {
      Answer answer = raw(app.port(), "OPTIONS /_groupcache/echo/k" + preflight);
      Answer unknown = raw(app.port(), "OPTIONS /_x/echo/k" + preflight);

      assertThat(answer.status()).isEqualTo(unknown.status());
      assertThat(answer.headers().keySet()).isEqualTo(unknown.headers().keySet());
      assertThat(answer.headers().get("Allow")).isEqualTo(unknown.headers().get("Allow"));
      assertThat(
              raw(app.localPort(PeerPort.PROPERTY), "OPTIONS /_groupcache/echo/k" + preflight)
                  .status())
          .isEqualTo(405);
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
  void theApplicationCantForwardToThePeerEndpointFromThePublicPort() throws IOException {
    try (RunningApp app = RunningApp.start(App.class, OWN_PORT)) {
      assertThat(ask(app.port(), "GET", "/forward?to=/private").text()).isEqualTo("secret");
      assertThat(ask(app.port(), "GET", "/forward?to=/_groupcache/echo/k").status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource({"forward, 404", "error, 502", "throw, 500"})
  void aFilterDoesNotLeadFromThePeersPortIntoTheApplication(String how, int status)
      throws IOException {
    for (boolean secured : new boolean[] {false, true}) {
      try (RunningApp app =
              secured
                  ? RunningApp.startSecured(App.class, OWN_PORT)
                  : RunningApp.start(App.class, OWN_PORT);
          RawHttp connection = new RawHttp(app.localPort(PeerPort.PROPERTY))) {
        Answer answer =
            connection.send(
                "GET /_groupcache/echo/k HTTP/1.1\r\nHost: a\r\nX-Filter: " + how + "\r\n\r\n");

        assertThat(answer.text()).isEqualTo("This peer can't answer that");
        // Spring Security has its own say on a forward.
        assertThat(answer.status()).isEqualTo(secured && how.equals("forward") ? 401 : status);
      }
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
  void itHasThreadsOfItsOwn() {
    try (RunningApp app =
        RunningApp.start(App.class, OWN_PORT, "groupcache.server.max-threads=7")) {
      AbstractProtocol<?> protocol =
          (AbstractProtocol<?>) app.bean(Server.class).connectors[1].getProtocolHandler();

      assertThat(protocol.getMaxThreads()).isEqualTo(7);
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
  void itListensWhereTheServerDoes() {
    try (RunningApp app = RunningApp.start(App.class, OWN_PORT, "server.address=127.0.0.1")) {
      AbstractProtocol<?> protocol =
          (AbstractProtocol<?>) app.bean(Server.class).connectors[1].getProtocolHandler();

      assertThat(protocol.getAddress().isLoopbackAddress()).isTrue();
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
      CompletableFuture<Void> closed = Threads.run(app::close);
      awaitRefused(peers);
      assertThat(closed).isNotDone();
      slow.go.countDown();

      assertThat(get.get()).isEqualTo("slow k");
      assertThat(group.stats().loadsPeer()).isEqualTo(1);
      closed.get();
    } finally {
      app.close();
    }
  }

  private static void awaitRefused(int port) {
    boolean accepted = true;
    while (accepted) {
      try (RawHttp connection = new RawHttp(port)) {
        accepted = connection != null;
      } catch (IOException e) {
        accepted = false;
      }
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
    Server server() {
      return new Server();
    }

    @Bean
    Private privateController() {
      return new Private();
    }

    @Bean
    ServletRegistrationBean<HttpServlet> legacyServlet() {
      return new ServletRegistrationBean<>(new Legacy(), "*.do");
    }

    /** An application's filter that does as a header says. */
    @Bean
    Filter filter() {
      return (request, response, chain) -> {
        switch (String.valueOf(((HttpServletRequest) request).getHeader("X-Filter"))) {
          case "forward" -> request.getRequestDispatcher("/private").forward(request, response);
          case "error" -> ((HttpServletResponse) response).sendError(502, "secret");
          case "throw" -> throw new IllegalStateException("secret");
          default -> chain.doFilter(request, response);
        }
      };
    }
  }

  static class Server implements ApplicationListener<ServletWebServerInitializedEvent> {

    private Connector[] connectors = {};

    @Override
    public void onApplicationEvent(ServletWebServerInitializedEvent event) {
      connectors =
          ((TomcatWebServer) event.getWebServer()).getTomcat().getService().findConnectors();
    }
  }

  static class Slow {

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    void get(GetContext context, String key, Sink dest) throws Exception {
      started.countDown();
      go.await();
      dest.setString("slow " + key);
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
