package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Getter;
import io.groupcache.KeyNotFoundException;
import io.groupcache.groupcachepb.GetManyResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.client.RawAnswers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A real server that is sent anything, and has to answer in plain words and keep nothing. Safe for
 * use from many threads.
 */
final class FuzzedApp {

  private static final int REQUESTS_UNTIL_IT_IS_WARM = 500;

  private static final Pattern TARGET =
      Pattern.compile("^(?:\r\n)*[!-~]+ +(?:http://[!-~&&[^/?#]]*)?(/[!-~]*)");

  private static final Pattern HEAD = Pattern.compile("(?:\r\n)*HEAD ");

  private static final Pattern POST = Pattern.compile("(?:\r\n)*POST ");

  private static final Pattern WAIT =
      Pattern.compile("(?:\r\n)*POST +(?:http://[!-~&&[^/?#]]*)?/_groupcache/ ");

  private static final Pattern STACK_TRACE =
      Pattern.compile("\\bat [\\w.$/]+\\([\\w.]+(?::\\d+)?\\)");

  private static final System.Logger LOGGER = System.getLogger(FuzzedApp.class.getName());

  private final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final RunningApp app;
  private final ServerFootprint before;

  private FuzzedApp(RunningApp app) throws IOException {
    this.app = app;
    for (int i = 0; i < REQUESTS_UNTIL_IT_IS_WARM; i++) {
      assertStillAnswers();
    }
    this.before = ServerFootprint.of(app);
  }

  static FuzzedApp start() throws IOException {
    return new FuzzedApp(
        RunningApp.start(App.class, "logging.level.root=off", "groupcache.cache-bytes=256KB"));
  }

  /** How many connections had something sent on them. */
  int sent() {
    return sent.get();
  }

  /** Sends that on a connection of its own, and no more, and checks all that comes back. */
  void send(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
      socket.setSoTimeout(30_000);
      socket.setTcpNoDelay(true);
      write(socket, request);
      check(request, receive(socket));
    }
    sent.incrementAndGet();
  }

  void assertStillAnswers() throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      Answer answer = connection.get("/_groupcache/values/x");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text()).isEqualTo("\n\u0001x");
    }
  }

  /** Asserts that nothing stays behind, and stops the server. */
  void stop() throws IOException {
    try (RunningApp stopped = app) {
      System.err.println(sent + " requests; answers by status: " + statuses);
      assertStillAnswers();
      before.assertStillThatOf(stopped);
    }
  }

  private static void write(Socket socket, byte[] request) throws IOException {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(request);
      socket.shutdownOutput();
    } catch (SocketException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "Refused before it was all sent", e);
    }
  }

  private static byte[] receive(Socket socket) throws IOException {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      // A server that closes before it has read all takes back what the client hasn't read.
      return new byte[0];
    }
  }

  private void check(byte[] request, byte[] received) {
    try {
      List<Answer> answers = RawAnswers.parse(received).orElseThrow();
      for (Answer answer : answers) {
        statuses.merge(answer.status(), 1, Integer::sum);
        assertThat(STACK_TRACE.matcher(answer.text()).find()).as("has a stack trace").isFalse();
      }
      if (isBelowBasePath(text(request)) && !answers.isEmpty()) {
        assertIsPlain(answers.get(0), HEAD.matcher(text(request)).lookingAt());
        if (POST.matcher(text(request)).lookingAt() && answers.get(0).status() == 200) {
          assertIsAboutManyKeys(answers.get(0), WAIT.matcher(text(request)).lookingAt());
        }
      }
    } catch (AssertionError | NoSuchElementException e) {
      throw new AssertionError(shown(request) + " is answered with " + shown(received), e);
    }
  }

  private static void assertIsPlain(Answer answer, boolean toHead) {
    if (answer.status() >= 500) {
      // 504 needs a Groupcache-Timeout, whose end may come before the getter's.
      assertThat(answer.status() + " " + answer.error())
          .isIn("500 load-failed", "504 still-loading");
    }
    String type = answer.headers().getOrDefault("Content-Type", "");
    assertThat(type).isIn("", "application/x-protobuf", "text/plain;charset=UTF-8");
    if (answer.status() != 0) {
      assertThat(answer.status() == 200).isEqualTo(type.equals("application/x-protobuf"));
    }
    if (!toHead && !type.equals("application/x-protobuf")) { // what follows a HEAD is not its own
      assertThat(answer.text()).doesNotContain("<html", "<!doctype", "org.apache.");
    }
  }

  /** Each of its keys once; of a wait those that there is something to say of. */
  private static void assertIsAboutManyKeys(Answer answer, boolean toWait) {
    List<KeyResponse> messages;
    try {
      messages = GetManyResponse.parseFrom(answer.body().copy()).getKeyList();
    } catch (IOException e) {
      throw new AssertionError("is no GetManyResponse", e);
    }
    List<Integer> indexes = messages.stream().map(KeyResponse::getIndex).toList();
    assertThat(indexes).doesNotHaveDuplicates();
    if (!toWait) {
      assertThat(indexes).isNotEmpty();
      assertThat(Collections.max(indexes)).isEqualTo(indexes.size() - 1);
    }
    assertThat(messages)
        .extracting(message ->
            (message.hasResponse() ? 1 : 0)
                + (message.hasError() ? 1 : 0)
                + (message.hasLoading() ? 1 : 0))
        .allMatch(said -> said == 1 || (toWait && said == 0));
  }

  /** What the first request asks for, if it can be told: what Tomcat can't read is nobody's. */
  private static boolean isBelowBasePath(String request) {
    Matcher target = TARGET.matcher(request);
    return target.find() && target.group(1).startsWith("/_groupcache/");
  }

  /** On one line, with nothing in it that a report could not show. */
  private static String shown(byte[] bytes) {
    StringBuilder shown = new StringBuilder();
    for (char c : text(bytes).toCharArray()) {
      shown.append(
          switch (c) {
            case '\r' -> "\\r";
            case '\n' -> "\\n";
            default -> c < ' ' || c > '~' ? String.format("\\x%02x", (int) c) : String.valueOf(c);
          });
    }
    return shown.toString();
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
