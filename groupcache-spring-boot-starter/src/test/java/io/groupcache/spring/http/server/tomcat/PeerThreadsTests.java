package io.groupcache.spring.http.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.Sinks;
import io.groupcache.spring.Certificates;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.HttpPool;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Peers that are answered on the application's port do not wait for the application's threads. */
@Timeout(50)
class PeerThreadsTests {

  private static final String FEW_THREADS = "server.tomcat.threads.max=2";
  private static final String REST = " HTTP/1.1\r\nHost: a\r\n\r\n";

  /** By key, in all applications of this JVM. */
  private static final Map<String, Integer> LOADS = new ConcurrentHashMap<>();

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void peersWhoseThreadsAllWaitForPeersStillAnswerThem(String scheme, @TempDir Path directory)
      throws Exception {
    LOADS.clear();
    Certificates certificates = new Certificates(directory);
    List<String> properties =
        new ArrayList<>(certificates.bundle("peer", certificates.issue("one.p12", "one")));
    properties.add(FEW_THREADS);
    properties.add("groupcache.client.ssl.bundle=peer");
    if (scheme.equals("https")) {
      properties.add("server.ssl.bundle=peer");
    }
    String[] all = properties.toArray(String[]::new);
    try (RunningApp a = RunningApp.start(App.class, all);
        RunningApp b = RunningApp.start(App.class, all);
        RunningApp c = RunningApp.start(App.class, all)) {
      List<String> urls =
          List.of(a, b, c).stream().map(app -> scheme + "://127.0.0.1:" + app.port()).toList();
      for (RunningApp app : List.of(a, b, c)) {
        app.bean(HttpPool.class).set(urls);
      }
      HttpClient client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .sslContext(a.bean(SslBundles.class).getBundle("peer").createSslContext())
              .build();
      List<CompletableFuture<Integer>> statuses = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        URI uri = URI.create(urls.get(i % 3) + "/get/k" + i / 3);
        statuses.add(
            client
                .sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .thenApply(response -> response.statusCode()));
      }

      assertThat(statuses).allSatisfy(status -> assertThat(status.get()).isEqualTo(200));
      assertThat(LOADS).hasSize(50).allSatisfy((key, loads) -> assertThat(loads).isEqualTo(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/_groupcache/echo/k", "/_groupcache/later/k"})
  void aPeerIsAnsweredWhileAllOfTheApplicationsThreadsAreTaken(String target) throws Exception {
    try (RunningApp app = RunningApp.start(App.class, FEW_THREADS);
        RawHttp one = new RawHttp(app.port());
        RawHttp two = new RawHttp(app.port());
        RawHttp peer = new RawHttp(app.port())) {
      Gate gate = app.bean(Gate.class);
      one.write("GET /wait" + REST);
      two.write("GET /wait" + REST);
      gate.taken.await();

      for (int i = 0; i < 3; i++) {
        assertThat(peer.get(target).status()).isEqualTo(200);
      }

      gate.open.countDown();
      assertThat(one.readAnswer().status()).isEqualTo(200);
      assertThat(two.readAnswer().status()).isEqualTo(200);
    }
  }

  @Test
  void soIsOneWhoseRequestComesInPieces() throws Exception {
    try (RunningApp app = RunningApp.start(App.class, FEW_THREADS);
        RawHttp one = new RawHttp(app.port());
        RawHttp two = new RawHttp(app.port());
        RawHttp peer = new RawHttp(app.port())) {
      Gate gate = app.bean(Gate.class);
      one.write("GET /wait" + REST);
      two.write("GET /wait" + REST);
      gate.taken.await();

      peer.write("GET /_grou");
      peer.write("pcache/echo/");
      assertThat(peer.send("k" + REST).status()).isEqualTo(200);

      gate.open.countDown();
    }
  }

  @Test
  void othersAreAnsweredInTheApplicationsThreads() throws IOException {
    try (RunningApp app = RunningApp.start(App.class);
        RawHttp peer = new RawHttp(app.port());
        RawHttp other = new RawHttp(app.port())) {
      for (int i = 0; i < 3; i++) {
        assertThat(thread(peer.get("/_groupcache/echo/k"))).contains("-peers-");
        assertThat(thread(other.get("/thread"))).contains("-exec-");
      }
    }
  }

  private static String thread(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return answer.headers().getOrDefault("X-Thread", "");
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Getter echo() {
      return (context, key, dest) -> {
        LOADS.merge(key, 1, Integer::sum);
        dest.setString(key);
      };
    }

    @Bean
    Gate gate() {
      return new Gate();
    }

    @Bean
    Web web(@Qualifier("echo") Group echo, Gate gate) {
      return new Web(echo, gate);
    }

    /** Says which thread it is, and answers later where a group of that name is asked. */
    @Bean
    Filter filter() {
      return (request, response, chain) -> {
        ((HttpServletResponse) response).setHeader("X-Thread", Thread.currentThread().getName());
        if (((HttpServletRequest) request).getRequestURI().startsWith("/_groupcache/later/")) {
          AsyncContext async = request.startAsync();
          new Thread(async::complete).start();
        } else {
          chain.doFilter(request, response);
        }
      };
    }
  }

  /** Where requests wait that take a thread. */
  static class Gate {

    private final CountDownLatch taken = new CountDownLatch(2);
    private final CountDownLatch open = new CountDownLatch(1);
  }

  @RestController
  static class Web {

    private final Group echo;
    private final Gate gate;

    Web(Group echo, Gate gate) {
      this.echo = echo;
      this.gate = gate;
    }

    @GetMapping("/get/{key}")
    String get(@PathVariable String key) {
      return echo.get(key, Sinks.string());
    }

    @GetMapping("/wait")
    String waiting() throws InterruptedException {
      gate.taken.countDown();
      gate.open.await();
      return "done";
    }

    @GetMapping("/thread")
    String thread() {
      return "";
    }
  }
}
