package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GroupCache;
import io.groupcache.groupcachepb.Change;
import io.groupcache.groupcachepb.ChangeId;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.GetManyRequest;
import io.groupcache.groupcachepb.KeyContext;
import io.groupcache.groupcachepb.KnownChanges;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.wire.ChangesHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whoever has not proved to be a peer has so many keys forgotten and no more, in whatever way; who
 * has, or says what is known, has no bound.
 */
@Timeout(60)
class UnprovenChangesTests {

  /** Each has a thousand keys forgotten: many more than are admitted while they are sent. */
  private static final int FLOOD = 500;

  /** More than what is admitted at once. */
  private static final int MORE_THAN_AT_ONCE = 30;

  private static final int KEYS = 1_000;

  private RunningApp app = RunningApp.start(MixedApp.class);

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void removalsAreBounded() throws IOException {
    assertBounded(i -> exchange(removal(i)));
  }

  @Test
  void removalsOfAllKeysAreBounded() throws IOException {
    assertBounded(i -> exchange(change(i).setAll(true)));
  }

  @Test
  void whatIsSaidToHaveBeenDroppedIsBounded() throws IOException {
    assertBounded(i ->
        exchange(
            Exchange.newBuilder()
                .setPulse(true)
                .addKnown(KnownChanges.newBuilder().setAuthor(i).setNumber(1).setDropped(1))));
  }

  @Test
  void whatQuestionsCarryIsBounded() throws IOException {
    assertBounded(i -> get(allBefore(i)));
  }

  @Test
  void whatQuestionsAboutManyKeysCarryIsBounded() throws IOException {
    assertBounded(i -> question(allBefore(i)));
  }

  @Test
  void whatIsKnownHasNoBound() throws IOException {
    assertThat(statuses(MORE_THAN_AT_ONCE, i -> exchange(removal(1)))).containsOnly(200);
    assertThat(statuses(MORE_THAN_AT_ONCE, i -> get(allBefore(1)))).containsOnly(200);
  }

  @Test
  void forThoseWithTheSecretThereIsNoBound() throws IOException {
    app.close();
    app = RunningApp.start(MixedApp.class, "groupcache.security.shared-secret=s3cret");

    assertThat(statuses(MORE_THAN_AT_ONCE, i -> withSecret(exchange(removal(i)))))
        .containsOnly(200);
    assertThat(statuses(MORE_THAN_AT_ONCE, i -> withSecret(get(allBefore(100 + i)))))
        .containsOnly(200);
  }

  private void assertBounded(IntFunction<String> request) throws IOException {
    List<Integer> statuses = statuses(FLOOD, request);

    assertThat(statuses).hasSizeBetween(20, FLOOD - 1).endsWith(403);
    app.bean(GroupCache.class).group("mixed").get("a"); // it goes on
  }

  /** Of so many requests, or until one is refused. */
  private List<Integer> statuses(int most, IntFunction<String> request) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    try (RawHttp http = new RawHttp(app.port())) {
      while (statuses.size() < most && !statuses.contains(403)) {
        Answer answer = http.send(request.apply(statuses.size() + 1));
        statuses.add(answer.status());
        if (answer.status() == 403) {
          assertThat(answer.text()).contains("10000 keys a second");
        }
      }
    }
    return statuses;
  }

  private static String exchange(Change.Builder change) {
    return exchange(Exchange.newBuilder().addChange(change));
  }

  private static String exchange(Exchange.Builder said) {
    return PeerPosts.exchange("", said.build());
  }

  private static Change.Builder removal(int author) {
    Change.Builder removal = change(author);
    for (int i = 0; i < KEYS; i++) {
      removal.addKey("key " + i);
    }
    return removal;
  }

  private static Change.Builder change(int author) {
    return Change.newBuilder().setAuthor(author).setNumber(1).setStamp(1).setGroup("mixed");
  }

  private static ChangeId allBefore(int author) {
    return ChangeId.newBuilder()
        .setAuthor(author)
        .setNumber(1)
        .setScope(ChangeId.Scope.ALL_BEFORE)
        .build();
  }

  private static String get(ChangeId carried) {
    return "GET /_groupcache/mixed/k HTTP/1.1\r\nHost: a\r\n"
        + ChangesHeader.HEADER
        + ": "
        + ChangesHeader.write(List.of(carried))
        + "\r\n\r\n";
  }

  private static String question(ChangeId carried) {
    return PeerPosts.question(
        "mixed",
        GetManyRequest.newBuilder()
            .setAsker(1)
            .addKey("k")
            .addContext(KeyContext.newBuilder().addChange(carried))
            .build());
  }

  private static String withSecret(String request) {
    return request.replaceFirst("\r\n", "\r\nGroupcache-Token: s3cret\r\n");
  }
}
