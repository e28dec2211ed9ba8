package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import io.groupcache.Getter;
import io.groupcache.GroupCache;
import io.groupcache.GroupStats;
import io.groupcache.KeyNotFoundException;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.server.GatedApp.Gate;
import io.groupcache.spring.http.wire.PeerError;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a real server answers to a request for many keys. */
@Timeout(60)
class ManyKeysRequestTests {

  private static final String GROUP = "/_groupcache/echo";

  private static RunningApp app;
  private static Gate gate;

  @BeforeAll
  static void start() {
    app =
        RunningApp.start(
            App.class,
            "groupcache.server.max-concurrent-requests=4",
            "groupcache.max-key-bytes=100B",
            "groupcache.security.shared-secret=s3cret");
    gate = app.bean(Gate.class);
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @AfterEach
  void nothingStaysBehind() {
    gate.open();
    awaitPermits();
    gate.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void whatIsNoRequestIsRefused(
      String what, String request, int status, String error, String sentence) throws IOException {
    GroupStats before = app.bean(GroupCache.class).group("echo").stats();

    Answer answer = send(request);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.error()).isEqualTo(error);
    assertThat(answer.text()).contains(sentence);
    assertThat(answer.headers()).containsEntry("Content-Type", "text/plain;charset=UTF-8");
    assertThat(app.bean(GroupCache.class).group("echo").stats()).isEqualTo(before);
  }

  private static Stream<Arguments> refusals() {
    String[] many = IntStream.range(0, 10_001).mapToObj(i -> "" + i).toArray(String[]::new);
    String token = "Groupcache-Token: s3cret\r\n";
    String form = "Content-Type: application/x-www-form-urlencoded\r\n";
    return Stream.of(
        refusal("another type", raw(GROUP, token + form, "\n\u0001x"), "has the Content-Type"),
        refusal("no type", raw(GROUP, token, "\n\u0001x"), "has the Content-Type"),
        refusal("half a body", raw(GROUP, "\n\u0007x"), "is no GetManyRequest"),
        refusal("garbage", raw(GROUP, "<html>"), "is no GetManyRequest"),
        refusal("nothing", raw(GROUP, ""), "1 to 10000 keys; this one has 0"),
        refusal("an unknown field only", raw(GROUP, "\u0010\u0001"), "this one has 0"),
        refusal("too many keys", ManyKeysPost.of("echo", token, many), "this one has 10001"),
        refusal("more than 1 MB", raw(GROUP, "\n".repeat((1 << 20) + 1)), "at most 1048576 bytes"),
        refusal("a key twice", ManyKeysPost.of("echo", token, "a", "b", "a"), "there twice"),
        refusal("no UTF-8", raw(GROUP, "\n\u0001\u00ff"), "not UTF-8"),
        refusal("a surrogate", raw(GROUP, "\n\u0003\u00ed\u00a0\u0080"), "not UTF-8"),
        refusal("a query", raw(GROUP + "?a=b", "\n\u0001x"), "There is no query"),
        arguments(
            "no such group",
            ManyKeysPost.of("nosuch", token, "k"),
            404,
            "no-such-group",
            "There is no group 'nosuch' here"),
        arguments("no group at all", raw("/_groupcache/", "\n\u0001x"), 404, "no-such-group", "''"),
        arguments("one key's path", raw(GROUP + "/k", "\n\u0001x"), 405, "bad-request", "with GET"),
        arguments("no secret", ManyKeysPost.of("echo", "", "k"), 401, "unauthorized", "Only peers"),
        arguments(
            "another secret",
            ManyKeysPost.of("echo", "Groupcache-Token: guess\r\n", "k"),
            401,
            "unauthorized",
            "Only peers"),
        refusal(
            "a time-out that makes no sense",
            ManyKeysPost.of("echo", token + "Groupcache-Timeout: soon\r\n", "k"),
            "Groupcache-Timeout"));
  }

  private static Arguments refusal(String what, String request, String sentence) {
    return arguments(what, request, 400, "bad-request", sentence);
  }

  private static String raw(String target, String body) {
    return raw(target, "Groupcache-Token: s3cret\r\n" + ManyKeysPost.PROTOBUF, body);
  }

  private static String raw(String target, String headers, String body) {
    return ManyKeysPost.raw(target, headers, body);
  }

  @Test
  void aBodyInChunksIsARequestToo() throws IOException {
    Answer answer =
        send(
            "POST /_groupcache/echo HTTP/1.1\r\nHost: a\r\nGroupcache-Token: s3cret\r\n"
                + ManyKeysPost.PROTOBUF
                + "Transfer-Encoding: chunked\r\n\r\n1\r\n\n\r\n2\r\n\u0001x\r\n0\r\n\r\n");

    assertThat(ManyKeysPost.messages(answer.body())).contains(value(0, "x"));
  }

  @Test
  void theConnectionGoesOn() throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      for (int i = 0; i < 3; i++) {
        Answer answer = connection.send(post("echo", "a" + i, "b" + i));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).doesNotContainKey("Connection");
      }
    }
  }

  @Test
  void whatIsAllThereIsOneAnswerWithItsLength() throws IOException {
    String[] keys = {"", "ü", "\0", ".", "..", "a/b", "k".repeat(100)};
    send(post("echo", keys));

    Answer answer = send(post("echo", keys));

    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int i = 0; i < keys.length; i++) {
      value(i, keys[i]).writeDelimitedTo(expected);
    }
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("Content-Type", "application/x-protobuf")
        .containsEntry("Content-Length", "" + expected.size())
        .doesNotContainKey("Transfer-Encoding");
    assertThat(answer.body().copy()).isEqualTo(expected.toByteArray());
  }

  @Test
  void whatIsThereDoesNotWaitForWhatIsSlow() throws Exception {
    send(post("mixed", "there"));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
      socket.setSoTimeout(20_000);
      String request = post("mixed", "slow", "there", "quick");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      Chunks chunks = new Chunks(new BufferedInputStream(socket.getInputStream()));

      assertThat(chunks.head()).containsIgnoringCase("Transfer-Encoding: chunked");
      assertThat(chunks.next()).isEqualTo(value(1, "there"));
      // The quick one may be there before anything has to wait.
      assertThat(List.of(chunks.next(), chunks.next()))
          .containsExactlyInAnyOrder(KeyResponse.getDefaultInstance(), value(2, "quick"));
      gate.awaitLoads(1);
      gate.open();
      assertThat(chunks.next()).isEqualTo(value(0, "slow"));
      assertThat(chunks.isAtEnd()).isTrue();
    }
  }

  @Test
  void eachKeyHasItsOwnStatus() throws IOException {
    Answer answer = send(post("mixed", "a", "missing", "broken", "k".repeat(101), "z"));

    assertThat(answer.status()).isEqualTo(200);
    List<KeyResponse> messages = told(answer);
    assertThat(messages).hasSize(5).contains(value(0, "a"), value(4, "z"));
    assertThat(messages)
        .filteredOn(KeyResponse::hasError)
        .extracting(message -> message.getIndex() + " " + message.getError())
        .containsExactlyInAnyOrder("1 key-not-found", "2 load-failed", "3 bad-request");
    assertThat(messages)
        .anySatisfy(message -> assertThat(message.getMessage()).contains("the disk is on fire"))
        .anySatisfy(
            message -> assertThat(message.getMessage()).contains("groupcache.max-key-bytes"));
  }

  @Test
  void aKeyWhoseTimeIsUpIsToldSoWithoutTheOthers() throws IOException {
    Answer answer =
        send(
            ManyKeysPost.of(
                "mixed",
                "Groupcache-Token: s3cret\r\nGroupcache-Timeout: 3000\r\n",
                "slow and late",
                "quick"));

    assertThat(told(answer))
        .hasSize(2)
        .contains(value(1, "quick"))
        .anySatisfy(message -> assertThat(message.getError()).isEqualTo("deadline-exceeded"));
  }

  @Test
  void aMessageIsNoLongerThanThatOfAGet() throws IOException {
    Answer answer = send(post("mixed", "chatty"));

    assertThat(told(answer).get(0).getMessage()).hasSize(PeerError.MAX_MESSAGE_LENGTH);
  }

  @ParameterizedTest
  @CsvSource({"always, true", "authenticated, false", "never, false"})
  void aStrangerIsToldOfAGettersFailureAsOfASingleOne(String expose, boolean told)
      throws IOException {
    try (RunningApp open =
            RunningApp.start(App.class, "groupcache.security.expose-messages=" + expose);
        RawHttp connection = new RawHttp(open.port())) {
      Answer answer = connection.send(ManyKeysPost.of("mixed", "", "broken", "missing"));

      assertThat(answer.text().contains("on fire")).isEqualTo(told);
      assertThat(answer.text().contains("the log of this peer says why")).isEqualTo(!told);
    }
  }

  @Test
  void aRequestTakesHalfOfThePermitsAndGivesThemBackAsItGoes() throws Exception {
    try (RawHttp connection = new RawHttp(app.port())) {
      String[] keys = IntStream.range(0, 10).mapToObj(i -> "slow " + i).toArray(String[]::new);
      connection.write(post("mixed", keys));
      gate.awaitLoads(2);
      assertThat(app.bean(PeerController.class).freePermits()).isEqualTo(2);
      assertThat(send(get("echo/k")).status()).isEqualTo(200);

      gate.open();
      assertThat(told(connection.readAnswer())).hasSize(10);
      assertThat(gate.mostAtATime()).isEqualTo(2);
    }
  }

  @Test
  void whereThereIsNoPermitItIsRefused() throws Exception {
    List<RawHttp> askers = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        RawHttp asker = new RawHttp(app.port());
        askers.add(asker);
        asker.write(get("mixed/slow-refused" + i));
        gate.awaitLoads(1);
      }

      Answer answer = send(post("echo", "a", "b"));

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.error()).isEqualTo("overloaded");
    } finally {
      for (RawHttp asker : askers) {
        asker.close();
      }
    }
  }

  @Test
  void whoHangsUpInTheMiddleKeepsNoPermits() throws Exception {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String[] keys = {"slow a" + i, "slow b" + i, "quick" + i};
      all.addAll(List.of(keys));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
        socket.setSoLinger(true, 0); // a reset, which the next write finds out
        String request = post("mixed", keys);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
    }
    gate.open();
    awaitPermits();
    // Joins whatever loads are left, so that none comes to the gate of the next test.
    assertThat(told(send(post("mixed", all.toArray(String[]::new))))).hasSize(all.size());
  }

  private static void awaitPermits() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> app.bean(PeerController.class).freePermits() == 4);
  }

  private Answer send(String request) throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      return connection.send(request);
    }
  }

  private static String post(String group, String... keys) {
    return ManyKeysPost.of(group, "Groupcache-Token: s3cret\r\n", keys);
  }

  private static String get(String path) {
    return "GET /_groupcache/" + path + " HTTP/1.1\r\nHost: a\r\nGroupcache-Token: s3cret\r\n\r\n";
  }

  /** What is said of keys. */
  private static List<KeyResponse> told(Answer answer) throws IOException {
    return ManyKeysPost.messages(answer.body()).stream().filter(KeyResponse::hasIndex).toList();
  }

  private static KeyResponse value(int index, String value) {
    return KeyResponse.newBuilder()
        .setIndex(index)
        .setResponse(GetResponse.newBuilder().setValue(ByteString.copyFromUtf8(value)))
        .build();
  }

  /** An answer in chunks, read message by message. */
  private static final class Chunks {

    private final InputStream in;
    private InputStream chunk = InputStream.nullInputStream();

    Chunks(InputStream in) {
      this.in = in;
    }

    String head() throws IOException {
      StringBuilder head = new StringBuilder();
      for (String line = line(); !line.isEmpty(); line = line()) {
        head.append(line).append('\n');
      }
      return head.toString();
    }

    KeyResponse next() throws IOException {
      if (chunk.available() == 0) {
        assertThat(nextChunk()).isTrue();
      }
      return KeyResponse.parseDelimitedFrom(chunk);
    }

    boolean isAtEnd() throws IOException {
      return chunk.available() == 0 && !nextChunk();
    }

    private boolean nextChunk() throws IOException {
      int size = Integer.parseInt(line(), 16);
      chunk = new ByteArrayInputStream(in.readNBytes(size));
      line();
      return size > 0;
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int b = in.read(); b != '\n'; b = in.read()) {
        assertThat(b).isNotEqualTo(-1);
        if (b != '\r') {
          line.append((char) b);
        }
      }
      return line.toString();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App extends GatedApp {

    /** Keys that are slow, that there are none of, or that fail. */
    @Bean
    Getter mixed(Gate gate) {
      return (context, key, dest) -> {
        if (key.startsWith("slow")) {
          gate.pass();
        }
        switch (key) {
          case "missing" -> throw new KeyNotFoundException(key);
          case "broken" -> throw new IOException("the disk is on fire");
          case "chatty" -> throw new IOException("on and on ".repeat(10_000));
          default -> dest.setString(key);
        }
      };
    }
  }
}
