package io.groupcache.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.groupcache.Getter;
import io.groupcache.KeyNotFoundException;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Whatever a peer sends to a real server, it is answered in plain words, and nothing stays behind.
 */
class PeerRequestFuzzTests {

  private static final Pattern TARGET =
      Pattern.compile("^(?:\r\n)*[!-~]+ +(?:http://[^/ ]*)?(/[!-~]*)");

  private static final Pattern STACK_TRACE =
      Pattern.compile("\\bat [\\w.$/]+\\([\\w.]+(?::\\d+)?\\)");

  private static final System.Logger LOGGER =
      System.getLogger(PeerRequestFuzzTests.class.getName());

  private static final Map<Integer, Integer> statuses = new TreeMap<>();

  private static RunningApp app;
  private static ServerFootprint before;
  private static int sent;

  @BeforeAll
  static void start() throws IOException {
    app = RunningApp.start(App.class, "logging.level.root=error", "groupcache.cache-bytes=256KB");
    for (int i = 0; i < 2000; i++) {
      assertStillAnswers();
    }
    before = ServerFootprint.of(app);
  }

  @AfterAll
  static void nothingStaysBehind() throws IOException {
    try (RunningApp closed = app) {
      assertStillAnswers();
      System.err.println(sent + " requests; answers by status: " + statuses);
      before.assertStillThatOf(closed);
    }
  }

  /** {@code input} is all that a connection sends before it sends no more. */
  @DictionaryFile(resourcePath = "peer-request.dict")
  @FuzzTest(maxExecutions = 5_000, maxDuration = "20m") // 100 000 requests
  void whateverIsSentIsAnsweredInPlainWords(byte @NotNull [] input) throws IOException {
    List<byte[]> requests = Variants.of(input, 20);
    List<Socket> connections = new ArrayList<>();
    try {
      for (byte[] request : requests) {
        connections.add(send(request));
      }
      for (int i = 0; i < requests.size(); i++) {
        check(requests.get(i), receive(connections.get(i)));
      }
    } finally {
      for (Socket connection : connections) {
        connection.close();
      }
    }
    sent += requests.size();
    if (sent % 1000 == 0) {
      assertStillAnswers();
    }
  }

  private static void check(byte[] request, byte[] received) {
    String what = text(request);
    Optional<List<Answer>> answers = RawAnswers.parse(received);
    assertThat(answers).as("%s is answered with %s", what, text(received)).isPresent();
    for (Answer answer : answers.get()) {
      statuses.merge(answer.status(), 1, Integer::sum);
      assertThat(STACK_TRACE.matcher(answer.text()).find()).as(what).isFalse();
    }
    if (isBelowBasePath(what) && !answers.get().isEmpty()) {
      assertIsPlain(what, answers.get().get(0));
    }
  }

  private static void assertIsPlain(String request, Answer answer) {
    if (answer.status() >= 500) {
      assertThat(answer.status() + " " + answer.error()).as(request).isEqualTo("500 load-failed");
    }
    String type = answer.headers().getOrDefault("Content-Type", "");
    assertThat(type).as(request).isIn("", "application/x-protobuf", "text/plain;charset=UTF-8");
    if (answer.status() != 0) {
      assertThat(answer.status() == 200)
          .as(request)
          .isEqualTo(type.equals("application/x-protobuf"));
    }
    if (!type.equals("application/x-protobuf")) {
      assertThat(answer.text()).as(request).doesNotContain("<html", "<!doctype", "org.apache.");
    }
  }

  /** What the first request asks for, if it can be told: what Tomcat can't read is nobody's. */
  private static boolean isBelowBasePath(String request) {
    Matcher target = TARGET.matcher(request);
    return target.find() && target.group(1).startsWith("/_groupcache/");
  }

  private static Socket send(byte[] request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port());
    socket.setSoTimeout(30_000);
    socket.setTcpNoDelay(true);
    try {
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
    } catch (SocketException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "Refused before it was all sent", e);
    }
    return socket;
  }

  private static byte[] receive(Socket socket) throws IOException {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      // A server that closes before it has read all takes back what the client hasn't read.
      return new byte[0];
    }
  }

  private static void assertStillAnswers() throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      Answer answer = connection.get("/_groupcache/values/x");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("\n\u0001x");
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Getter values() {
      return (context, key, dest) -> {
        switch (key) {
          case "x" -> dest.setString("x");
          case "broken" -> throw new IOException("the disk is on fire");
          default -> throw new KeyNotFoundException(key);
        }
      };
    }

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }

    @Bean
    ServerFootprint.Source footprints() {
      return new ServerFootprint.Source();
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> connectorOf(
        ServerFootprint.Source footprints) {
      return factory -> factory.addConnectorCustomizers(footprints::watch);
    }
  }
}
