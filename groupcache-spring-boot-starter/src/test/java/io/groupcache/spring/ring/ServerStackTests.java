package io.groupcache.spring.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.spring.ClassPath;
import io.groupcache.spring.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Peers on a port of their own, in applications on other servers than Tomcat or on none. Its class
 * path has WebFlux and Jetty besides; each process has what an application of its kind would have.
 */
@Timeout(150)
class ServerStackTests {

  private static final String[] SECURITY = {"spring-security", "spring-boot-security"};
  private static final String[] TOMCAT = {"spring-boot-tomcat", "tomcat-embed-el"};
  private static final String[] JETTY = {"spring-boot-jetty", "jetty-", "jakarta.servlet"};
  private static final String[] WEB_MVC = {
    "spring-webmvc", "spring-boot-webmvc", "spring-boot-servlet"
  };
  private static final String[] WEB_FLUX = {
    "spring-webflux", "spring-boot-webflux", "spring-boot-reactor-netty", "reactor-netty", "netty-"
  };

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** What an application runs on. */
  enum Stack {
    WEB_FLUX_ON_NETTY("NettyWebServer"),
    WEB_MVC_ON_JETTY("JettyServletWebServer"),
    NO_WEB("none");

    private final String server;

    Stack(String server) {
      this.server = server;
    }

    ClassPath classPath() {
      ClassPath all = ClassPath.ofTests().without(SECURITY).without(TOMCAT);
      return switch (this) {
        case WEB_FLUX_ON_NETTY -> all.without(WEB_MVC).without(JETTY);
        case WEB_MVC_ON_JETTY -> all.without(WEB_FLUX);
        case NO_WEB -> all.without(WEB_MVC).without(JETTY).without(WEB_FLUX);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachKeyIsLoadedOnceInARingOfTwo(Stack stack) throws Exception {
    List<Integer> ports = FreePorts.stable(4);
    String peers = url(ports.get(0)) + "," + url(ports.get(1));
    String one = url(ports.get(2));
    String other = url(ports.get(3));
    try (PeerProcess first = start(stack, ports.get(0), peers, ports.get(2));
        PeerProcess second = start(stack, ports.get(1), peers, ports.get(3))) {
      awaitStart(first, one);
      awaitStart(second, other);
      assertThat(ask(one + "/server")).isEqualTo(stack.server);

      List<String> keys = IntStream.range(0, 20).mapToObj(i -> "k" + i).toList();
      for (String key : keys) {
        CompletableFuture<String> there = Threads.supply(() -> ask(other + "/get?" + key));
        assertThat(ask(one + "/get?" + key)).endsWith(" " + key);
        assertThat(there.get(30, TimeUnit.SECONDS)).isEqualTo(ask(one + "/get?" + key));
      }

      int loads = Integer.parseInt(ask(one + "/loads")) + Integer.parseInt(ask(other + "/loads"));
      assertThat(loads).isEqualTo(keys.size());
    }
  }

  private static PeerProcess start(Stack stack, int port, String peers, int testPort) {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            stack.classPath().toString(),
            StackPeer.class.getName(),
            "--server.address=127.0.0.1",
            "--server.port=0",
            "--groupcache.server.port=" + port,
            "--groupcache.self=" + url(port),
            "--groupcache.peers=" + peers,
            "--groupcache.security.allow-anonymous=true",
            "--" + StackPeer.TEST_PORT + "=" + testPort);
    return PeerProcess.start(stack + "-" + port, command);
  }

  private static void awaitStart(PeerProcess process, String url) {
    await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptionsMatching(e -> e.getCause() instanceof ConnectException)
        .until(() -> {
          process.checkAlive();
          return !ask(url + "/loads").isEmpty();
        });
  }

  private static String ask(String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }
}
