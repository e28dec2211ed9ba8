package io.groupcache.spring.http.server;

import static io.groupcache.spring.http.server.PeerAsker.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.groupcache.GroupCache;
import io.groupcache.GroupStats;
import io.groupcache.groupcachepb.GetManyResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.server.GatedApp.Gate;
import io.groupcache.spring.http.wire.KeyResponses;
import io.groupcache.spring.http.wire.PeerError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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

/** What a real server answers to a question about many keys, and refuses of them and of waits. */
@Timeout(60)
class QuestionTests {

  private static final String GROUP = "/_groupcache/echo";
  private static final String WAIT = "/_groupcache/";
  private static final String TOKEN = "Groupcache-Token: s3cret\r\n";

  private static final String EXCHANGE = PeerPosts.PROTOBUF + "Groupcache-Exchange: 1\r\n";

  private static RunningApp app;
  private static Gate gate;

  @BeforeAll
  static void start() {
    app =
        RunningApp.start(
            MixedApp.class,
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
    String form = "Content-Type: application/x-www-form-urlencoded\r\n";
    return Stream.of(
        refusal("another type", raw(GROUP, TOKEN + form, "\n\u0001x"), "has the Content-Type"),
        refusal("no type", raw(GROUP, TOKEN, "\n\u0001x"), "has the Content-Type"),
        refusal("half a body", raw(GROUP, "\n\u0007x"), "is no GetManyRequest"),
        refusal("garbage", raw(GROUP, "<html>"), "is no GetManyRequest"),
        refusal("nothing", raw(GROUP, ""), "1 to 10000 keys; this one has 0"),
        refusal("an unknown field only", raw(GROUP, "x\u0001"), "this one has 0"),
        refusal("too many keys", question("echo", TOKEN, many), "this one has 10001"),
        refusal("more than 1 MB", raw(GROUP, "\n".repeat((1 << 20) + 1)), "at most 1048576 bytes"),
        refusal("a key twice", question("echo", TOKEN, "a", "b", "a"), "there twice"),
        refusal("no UTF-8", raw(GROUP, "\n\u0001\u00ff"), "not UTF-8"),
        refusal("a surrogate", raw(GROUP, "\n\u0003\u00ed\u00a0\u0080"), "not UTF-8"),
        refusal("no exchange", raw(WAIT, TOKEN + EXCHANGE, "<html>"), "is no Exchange"),
        refusal(
            "a change without a number",
            raw(WAIT, TOKEN + EXCHANGE, "J\u0003\"\u0001g"),
            "A change has a number"),
        refusal(
            "no changes",
            "GET " + GROUP + "/k HTTP/1.1\r\nHost: a\r\n" + TOKEN + "Groupcache-Changes: !\r\n\r\n",
            "has to be a KeyContext"),
        refusal("a query", raw(GROUP + "?a=b", "\n\u0001x"), "There is no query"),
        arguments(
            "no such group",
            question("nosuch", TOKEN, "k"),
            404,
            "no-such-group",
            "There is no group 'nosuch' here"),
        arguments("one key's path", raw(GROUP + "/k", "\n\u0001x"), 405, "bad-request", "with GET"),
        arguments("no secret", question("echo", "", "k"), 401, "unauthorized", "Only peers"),
        arguments(
            "another secret",
            question("echo", "Groupcache-Token: guess\r\n", "k"),
            401,
            "unauthorized",
            "Only peers"),
        refusal(
            "a time-out that makes no sense",
            question("echo", TOKEN + "Groupcache-Timeout: soon\r\n", "k"),
            "Groupcache-Timeout"),
        refusal("a wait for nothing", raw(WAIT, ""), "for 1 to 20000 loads; this one for 0"),
        refusal(
            "a wait for too much",
            PeerPosts.wait(1, TOKEN, 1, LongStream.rangeClosed(1, 20_001).boxed().toList()),
            "this one for 20001"),
        refusal("garbage to wait for", raw(WAIT, "<html>"), "is no WaitRequest"),
        refusal("a wait of another type", raw(WAIT, TOKEN + form, ""), "has the Content-Type"),
        refusal("a wait with a query", raw(WAIT + "?a=b", ""), "There is no query"),
        refusal("a wait of more than 1 MB", raw(WAIT, "x".repeat(1_048_577)), "at most 1048576"),
        refusal(
            "a wait whose time-out makes no sense",
            PeerPosts.wait(1, TOKEN + "Groupcache-Timeout: -1\r\n", 1, List.of(1L)),
            "Groupcache-Timeout"),
        arguments(
            "a wait without the secret",
            PeerPosts.wait(1, "", 1, List.of(1L)),
            401,
            "unauthorized",
            "Only peers"));
  }

  private static Arguments refusal(String what, String request, String sentence) {
    return arguments(what, request, 400, "bad-request", sentence);
  }

  private static String raw(String target, String body) {
    return raw(target, TOKEN + PeerPosts.PROTOBUF, body);
  }

  private static String raw(String target, String headers, String body) {
    return PeerPosts.raw(target, headers, body);
  }

  private static String question(String group, String headers, String... keys) {
    return PeerPosts.question(group, 1, headers, keys);
  }

  @Test
  void aBodyInChunksIsAQuestionToo() throws IOException {
    try (PeerAsker asker = asker()) {
      asker.outcomes("echo", "x");
    }

    Answer answer =
        send(
            "POST /_groupcache/echo HTTP/1.1\r\nHost: a\r\n"
                + TOKEN
                + PeerPosts.PROTOBUF
                + "Transfer-Encoding: chunked\r\n\r\n1\r\n\n\r\n2\r\n\u0001x\r\n0\r\n\r\n");

    assertThat(PeerAsker.message(answer).getKeyList()).containsExactly(value(0, "x"));
  }

  @Test
  void whatIsAllAtHandIsOneAnswerInTheOrderOfTheKeysOnAConnectionThatGoesOn() throws IOException {
    String[] keys = {"", "ü", "\0", ".", "..", "a/b", "k".repeat(100)};
    try (PeerAsker asker = asker()) {
      asker.outcomes("echo", keys);

      for (int i = 0; i < 3; i++) {
        GetManyResponse answer = asker.ask("echo", keys);

        assertThat(answer.getProcess())
            .isEqualTo(app.bean(PeerController.class).processId().value());
        assertThat(answer.getKeyList())
            .isEqualTo(
                IntStream.range(0, keys.length).mapToObj(at -> value(at, keys[at])).toList());
      }
    }
  }

  @Test
  void whatIsAtHandIsAnsweredAtOnceBesideWhatLoads() throws IOException {
    try (PeerAsker asker = asker()) {
      asker.outcomes("mixed", "there");

      List<KeyResponse> told = asker.ask("mixed", "slow", "there").getKeyList();

      assertThat(told).hasSize(2).contains(value(1, "there"));
      List<Long> loading =
          told.stream().filter(KeyResponse::hasLoading).map(KeyResponse::getLoading).toList();
      gate.open();
      assertThat(asker.await(loading).getKeyList()).containsExactly(value(0, "slow"));
    }
  }

  @Test
  void eachKeyHasItsOwnOutcome() throws IOException {
    try (PeerAsker asker = asker()) {
      List<KeyResponse> told =
          asker.outcomes("mixed", "a", "missing", "broken", "k".repeat(101), "chatty", "z");

      assertThat(told).hasSize(6).contains(value(0, "a"), value(5, "z"));
      assertThat(told.subList(1, 5))
          .extracting(KeyResponse::getError)
          .containsExactly("key-not-found", "load-failed", "bad-request", "load-failed");
      assertThat(told.get(2).getMessage()).contains("the disk is on fire");
      assertThat(told.get(3).getMessage()).contains("groupcache.max-key-bytes");
      assertThat(told.get(4).getMessage()).hasSize(PeerError.MAX_MESSAGE_LENGTH);
    }
  }

  @ParameterizedTest
  @CsvSource({"always, true", "authenticated, false", "never, false"})
  void aStrangerIsToldOfAGettersFailureAsOfASingleOne(String expose, boolean told)
      throws IOException {
    try (RunningApp open =
            RunningApp.start(MixedApp.class, "groupcache.security.expose-messages=" + expose);
        PeerAsker stranger = new PeerAsker(open)) {
      String message = stranger.outcomes("mixed", "broken").get(0).getMessage();

      assertThat(message.contains("on fire")).isEqualTo(told);
      assertThat(message.contains("the log of this peer says why")).isEqualTo(!told);
    }
  }

  @Test
  void whatDoesNotFitIntoOneAnswerIsFetchedByWaits() throws IOException {
    String[] keys = {"large 1", "large 2", "large 3", "large 4", "large 5"};
    try (PeerAsker asker = asker()) {
      asker.outcomes("mixed", keys);
      long loads = app.bean(GroupCache.class).group("mixed").stats().loadsLocal();
      int fit = KeyResponses.MAX_VALUE_BYTES / MixedApp.LARGE_BYTES;

      assertThat(asker.ask("mixed", keys).getKeyList())
          .filteredOn(KeyResponse::hasResponse)
          .hasSize(fit);
      assertThat(asker.outcomes("mixed", keys))
          .hasSize(5)
          .allMatch(told -> told.getResponse().getValue().size() == MixedApp.LARGE_BYTES);
      assertThat(app.bean(GroupCache.class).group("mixed").stats().loadsLocal()).isEqualTo(loads);
    }
  }

  @Test
  void aQuestionTakesHalfOfThePermitsAndGivesThemBackAsItGoes() throws Exception {
    String[] keys = IntStream.range(0, 10).mapToObj(i -> "slow p" + i).toArray(String[]::new);
    try (PeerAsker asker = asker()) {
      asker.load("mixed", keys);
      gate.awaitLoads(2);
      assertThat(app.bean(PeerController.class).freePermits()).isEqualTo(2);
      assertThat(asker.outcomes("echo", "beside")).containsExactly(value(0, "beside"));

      gate.open();
      gate.awaitLoads(8); // before they are asked for again, which may begin one anew
      assertThat(gate.mostAtATime()).isEqualTo(2);
      assertThat(asker.outcomes("mixed", keys)).allMatch(KeyResponse::hasResponse);
    }
  }

  @Test
  void whereThereIsNoPermitOnlyNewLoadsAreRefused() throws Exception {
    try (PeerAsker asker = asker()) {
      asker.outcomes("mixed", "held");
      for (int i = 0; i < 4; i++) {
        asker.load("mixed", "slow r" + i);
      }
      gate.awaitLoads(4);

      List<KeyResponse> told = asker.ask("mixed", "new", "held", "slow r0").getKeyList();

      assertThat(told).contains(value(1, "held"));
      assertThat(told)
          .filteredOn(KeyResponse::hasError)
          .singleElement()
          .satisfies(refused -> {
            assertThat(refused.getIndex()).isZero();
            assertThat(refused.getError()).isEqualTo("overloaded");
            assertThat(refused.getMessage()).contains("max-concurrent-requests");
          });
      assertThat(told).filteredOn(KeyResponse::hasLoading).hasSize(1);
      gate.open();
      assertThat(asker.outcomes("mixed", "slow r0")).containsExactly(value(0, "slow r0"));
    }
  }

  private static void awaitPermits() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> app.bean(PeerController.class).freePermits() == 4);
  }

  private static PeerAsker asker() throws IOException {
    return new PeerAsker(app, 1, TOKEN);
  }

  private static Answer send(String request) throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      return connection.send(request);
    }
  }
}
