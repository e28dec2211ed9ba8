package io.groupcache.spring.http.client;

import static io.groupcache.spring.http.client.TalkingPeer.PROCESS;
import static io.groupcache.spring.http.client.TalkingPeer.TRUTH;
import static io.groupcache.spring.http.client.TalkingPeer.ascii;
import static io.groupcache.spring.http.client.TalkingPeer.error;
import static io.groupcache.spring.http.client.TalkingPeer.loading;
import static io.groupcache.spring.http.client.TalkingPeer.many;
import static io.groupcache.spring.http.client.TalkingPeer.say;
import static io.groupcache.spring.http.client.TalkingPeer.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.groupcache.DeadlineExceededException;
import io.groupcache.GetContext;
import io.groupcache.GroupCacheException;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.GetManyResponse;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.PeerState;
import io.groupcache.spring.http.client.TalkingPeer.Kind;
import io.groupcache.spring.http.client.TalkingPeer.Request;
import io.groupcache.spring.http.client.TalkingPeer.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of keys that a peer says it is loading: single ones, and some of many. */
@Timeout(60)
class LoadWaitsTests {

  private static final String STILL_LOADING =
      "HTTP/1.1 504 Wait\r\nGroupcache-Error: still-loading\r\n";

  /** So patient that on the busiest machine no answer is late. */
  private static final PeerConnectionSettings PATIENT = settings(Duration.ofSeconds(20));

  /** For answers that never come. */
  private static final PeerConnectionSettings HASTY = settings(Duration.ofMillis(400));

  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    end.countDown();
  }

  /** How a key is got. */
  enum Way {
    GET {
      @Override
      String get(OnePeerRing ring, GetContext context, String key) {
        return ring.group.get(context, key).utf8();
      }
    },
    GET_ALL {
      @Override
      String get(OnePeerRing ring, GetContext context, String key) {
        return Objects.requireNonNull(ring.group.getAll(context, List.of(key)).get(key)).utf8();
      }
    };

    abstract String get(OnePeerRing ring, GetContext context, String key);

    String get(OnePeerRing ring, String key) {
      return get(ring, GetContext.background(), key);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWaitedForComesWithTheAnswerToTheWait(Way way) throws IOException {
    try (TalkingPeer peer = peerThatLoads((wait, out) -> say(out, many(value(0, "k"))));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThat(way.get(ring, "k")).isEqualTo("value of k");

      assertThat(peer.requests()).hasSize(2);
      assertThat(peer.requests().get(1)).isEqualTo(new Request(Kind.WAIT, List.of(), List.of(7L)));
      assertThat(ring.group.stats().loadsPeer()).isEqualTo(1);
      assertThat(ring.group.stats().peerErrors()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheLoadFailedWithIsTheOwnersLastWord(Way way) throws IOException {
    List<String> codes = new ArrayList<>(List.of("key-not-found", "load-failed"));
    try (TalkingPeer peer =
            peerThatLoads((wait, out) -> say(out, many(error(0, codes.remove(0)))));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      // A result has no value for a key that does not exist.
      assertThatThrownBy(() -> way.get(ring, "k"))
          .isInstanceOf(way == Way.GET ? KeyNotFoundException.class : NullPointerException.class);
      assertThatThrownBy(() -> way.get(ring, "l")).isInstanceOf(LoadException.class);

      assertThat(ring.group.stats().loadsLocal()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasNotLoadedForWantOfRoomIsLoadedElsewhere(Way way) throws IOException {
    try (TalkingPeer peer = peerThatLoads((wait, out) -> say(out, many(error(0, "overloaded"))));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThat(way.get(ring, "k")).isEqualTo("local k");
      assertThat(ring.group.stats().peerErrors()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatNobodyKnowsAnyMoreIsAskedForAnew(Way way) throws IOException {
    AtomicInteger waits = new AtomicInteger();
    try (TalkingPeer peer =
            peerThatLoads((wait, out) ->
                say(out, many(waits.incrementAndGet() < 3 ? unknown(0) : value(0, "k"))));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThat(way.get(ring, "k")).isEqualTo("value of k");

      assertThat(peer.requests()).hasSize(6);
      assertThat(peer.requests(Kind.WAIT)).hasSize(3);
      assertThat(ring.group.stats().peerErrors()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatHasNoOutcomeYetIsWaitedForAgain(Way way) throws IOException {
    AtomicInteger waits = new AtomicInteger();
    try (TalkingPeer peer =
            peerThatLoads((wait, out) ->
                say(out, waits.incrementAndGet() < 3 ? many() : many(value(0, "k"))));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThat(way.get(ring, "k")).isEqualTo("value of k");

      assertThat(peer.requests()).hasSize(4);
      assertThat(peer.requests(Kind.WAIT)).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void silenceInsteadOfAnAnswerIsNotWaitedOutForEver(Way way) throws IOException {
    try (TalkingPeer peer = peerThatLoads((wait, out) -> awaitEnd());
        OnePeerRing ring = new OnePeerRing(peer.url(), HASTY)) {
      assertThat(way.get(ring, "k")).isEqualTo("local k");

      assertThat(ring.group.stats().peerErrors()).isEqualTo(1);
      // Whether it is up is what questions find out.
      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.UP);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWaitThatBreaksOffIsAFailureOfThePeer(Way way) throws IOException {
    try (TalkingPeer peer =
            peerThatLoads((wait, out) -> {
              throw new IOException("closed without a word");
            });
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThat(way.get(ring, "k")).isEqualTo("local k");

      assertThat(ring.group.stats().peerErrors()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
        "HTTP/1.1 400 Bad Request\r\nGroupcache-Error: bad-request\r\n",
        "HTTP/1.1 401 No\r\nGroupcache-Error: unauthorized\r\n",
        "HTTP/1.1 404 Not Found\r\n",
        "HTTP/1.1 502 Bad Gateway\r\n",
        "HTTP/1.1 504 Gateway Timeout\r\n",
      })
  void soIsOneThatIsAnsweredAsNoPeerShould(String head) throws IOException {
    try (TalkingPeer peer = peerThatLoads((wait, out) -> say(out, head, ascii("<html>")));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      for (Way way : Way.values()) {
        assertThat(way.get(ring, way.name())).isEqualTo("local " + way);
      }
      assertThat(peer.requests(Kind.WAIT)).hasSize(2);
    }
  }

  @Test
  void nobodyGetsWhatWasSaidOfALoadThatWasNotAskedFor() throws IOException {
    List<GetManyResponse> lies =
        new ArrayList<>(
            List.of(
                many(value(1, "another")),
                many(value(-1, "another")),
                many(value(0, "k"), value(0, "another"))));
    int count = lies.size();
    try (TalkingPeer peer = peerThatLoads((wait, out) -> say(out, lies.remove(0)));
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      for (int i = 0; i < count; i++) {
        assertThat(Way.GET.get(ring, "k" + i)).isEqualTo("local k" + i);
      }
    }
  }

  @Test
  void onlyTheRestOfManyIsWaitedFor() throws IOException {
    try (TalkingPeer peer =
            new TalkingPeer((request, out) -> {
              if (request.kind() == Kind.WAIT) {
                // The outcomes come one after the other.
                int last = request.loads().size() - 1;
                say(out, many(value(last, request.loads().get(last) == 8 ? "d" : "b")));
              } else {
                say(out, many(value(0, "a"), loading(1, 7), value(2, "c"), loading(3, 8)));
              }
            });
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThat(ring.group.getAll(List.of("a", "b", "c", "d")).values())
          .extracting(value -> value.utf8())
          .containsExactly("value of a", "value of b", "value of c", "value of d");

      assertThat(peer.requests(Kind.WAIT))
          .extracting(Request::loads)
          .containsExactly(List.of(7L, 8L), List.of(7L));
    }
  }

  @Test
  void callersWaitWithOneRequestThatTakesThePlaceOfTheLast() throws Exception {
    try (TalkingPeer peer =
            loadingById((wait, out) -> {
              if (wait.loads().size() == 1) {
                waiting.countDown();
                awaitEnd(); // as long as there is another
                say(out, many());
              } else {
                say(out, many(value(0, key(wait, 0)), value(1, key(wait, 1))));
                end.countDown();
              }
            });
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      CompletableFuture<String> first = Threads.supply(() -> Way.GET.get(ring, "1"));
      assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();

      assertThat(Way.GET_ALL.get(ring, "2")).isEqualTo("value of 2");

      assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("value of 1");
      assertThat(peer.requests(Kind.WAIT))
          .extracting(Request::loads)
          .containsExactly(List.of(1L), List.of(1L, 2L));
    }
  }

  @Test
  void loadsOfAProcessThatIsGoneAreAskedForAnew() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (TalkingPeer peer =
            new TalkingPeer((request, out) -> {
              if (request.kind() == Kind.WAIT && request.loads().contains(1L)) {
                waiting.countDown();
                awaitEnd(); // as a peer does that has died
              } else if (request.kind() == Kind.WAIT) {
                say(out, many(value(0, "2")));
              } else if (request.keys().contains("2")) {
                say(out, named(PROCESS + 1, 2), new byte[0]);
              } else if (asked.getAndIncrement() == 0) {
                say(out, named(PROCESS, 1), new byte[0]);
              } else {
                TRUTH.say(request, out);
              }
            });
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      CompletableFuture<String> first = Threads.supply(() -> Way.GET.get(ring, "1"));
      assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();

      assertThat(Way.GET.get(ring, "2")).isEqualTo("value of 2");

      assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("value of 1");
      assertThat(ring.group.stats().peerErrors()).isZero();
    }
  }

  @Test
  void aKeyWhoseLoadIsNotNamedIsAskedForAgain() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (TalkingPeer peer =
            new TalkingPeer((request, out) -> {
              switch (asked.incrementAndGet()) {
                case 1 -> say(out, STILL_LOADING, ascii("ask again"));
                case 2 -> say(out, STILL_LOADING + "Groupcache-Loading: 7\r\n", ascii("?"));
                case 3 -> say(out, STILL_LOADING + "Groupcache-Loading: x-y\r\n", ascii("?"));
                default -> TRUTH.say(request, out);
              }
            });
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThat(Way.GET.get(ring, "k")).isEqualTo("value of k");

      assertThat(peer.requests(Kind.GET)).hasSize(4);
      assertThat(peer.requests(Kind.WAIT)).isEmpty();
      assertThat(ring.group.stats().peerErrors()).isZero();
    }
  }

  @Test
  void soIsOneOfMany() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (TalkingPeer peer =
            TalkingPeer.aboutMany((request, out) -> {
              if (asked.incrementAndGet() < 3) {
                KeyResponse again = error(request.keys().size() - 1, "still-loading");
                say(out, request.keys().size() == 1 ? many(again) : many(value(0, "a"), again));
              } else {
                TRUTH.say(request, out);
              }
            });
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThat(ring.group.getAll(List.of("a", "b")).values())
          .extracting(value -> value.utf8())
          .containsExactly("value of a", "value of b");

      assertThat(peer.requests())
          .extracting(Request::keys)
          .containsExactly(List.of("a", "b"), List.of("b"), List.of("b"));
    }
  }

  @Test
  void aGatewaysTimeoutIsNoReasonToAskForEver() throws IOException {
    try (TalkingPeer peer =
            new TalkingPeer((request, out) -> say(out, "HTTP/1.1 504 No\r\n", ascii("gateway")));
        OnePeerRing ring = new OnePeerRing(peer.url(), HASTY)) {
      assertThat(Way.GET.get(ring, "k")).isEqualTo("local k");

      assertThat(peer.requests()).hasSizeGreaterThan(1);
      assertThat(ring.group.stats().peerErrors()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aGetWhoseTimeIsUpMeanwhileRunsNothingElse(Way way) throws IOException {
    try (TalkingPeer peer = peerThatLoads((wait, out) -> say(out, many()));
        TalkingPeer other = new TalkingPeer(TRUTH);
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      ring.pool.set(peer.url(), other.url());
      String key = keyOf(ring, peer);
      GetContext context = GetContext.background().withTimeout(Duration.ofSeconds(2));

      assertThatThrownBy(() -> way.get(ring, context, key))
          .isInstanceOf(DeadlineExceededException.class);

      assertThat(ring.group.stats().loadsLocal()).isZero();
      assertThat(other.requests()).isEmpty();
      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.UP);
      // It is not asked as fast as it answers.
      assertThat(peer.requests(Kind.WAIT)).hasSizeBetween(1, 2000 / 20 + 2);
    }
  }

  /** A request that is longer than any peer reads would be refused, and all waits fail with it. */
  @Test
  void whatDoesNotFitIntoOneRequestIsWaitedForWithTheNext() throws Exception {
    int callers = 40;
    CountDownLatch asked = new CountDownLatch(callers);
    List<String> ancestors = Stream.generate(() -> "g/" + "a".repeat(4096)).limit(16).toList();
    GetContext context = GetContext.background().withAncestors(() -> ancestors);
    try (TalkingPeer peer =
            new TalkingPeer((request, out) -> {
              if (request.isMany()) {
                List<KeyResponse> loads = new ArrayList<>();
                for (String key : request.keys()) {
                  loads.add(loading(loads.size(), Long.parseLong(key)));
                  asked.countDown();
                }
                say(out, many(loads.toArray(KeyResponse[]::new)));
              } else if (asked.getCount() > 0) {
                say(out, many());
              } else {
                List<KeyResponse> values = new ArrayList<>();
                for (long load : request.loads()) {
                  values.add(value(values.size(), String.valueOf(load)));
                }
                say(out, many(values.toArray(KeyResponse[]::new)));
              }
            });
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      ProtoGetter getter = ring.connections.apply(peer.url());
      List<CompletableFuture<String>> gets = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        GetRequest get = GetRequest.newBuilder().setGroup("g").setKey(String.valueOf(i)).build();
        gets.add(Threads.supply(() -> getter.get(context, get).getValue().toStringUtf8()));
      }
      for (int i = 0; i < callers; i++) {
        assertThat(gets.get(i).get(20, TimeUnit.SECONDS)).isEqualTo("value of " + i);
      }
    }
  }

  @Test
  void whoIsInterruptedMeanwhileLeavesAtOnceAndKeepsTheFlag() throws Exception {
    try (TalkingPeer peer =
            peerThatLoads((wait, out) -> {
              waiting.countDown();
              awaitEnd();
            });
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread caller =
          new Thread(() -> {
            thrown.complete(catchThrowable(() -> Way.GET.get(ring, "k")));
            flag.complete(Thread.currentThread().isInterrupted());
          });
      caller.setDaemon(true);
      caller.start();
      assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();

      caller.interrupt();

      assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(GroupCacheException.class);
      assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(ring.group.stats().loadsLocal()).isZero();
    }
  }

  /** A peer that says of every key that load 7 brings it. */
  private static TalkingPeer peerThatLoads(Script answerToWait) throws IOException {
    return new TalkingPeer((request, out) -> {
      switch (request.kind()) {
        case GET -> say(out, named(PROCESS, 7), ascii("wait"));
        case MANY -> say(out, many(loading(0, 7)));
        case WAIT -> answerToWait.say(request, out);
      }
    });
  }

  /** A peer whose keys are the numbers of the loads that bring them. */
  private static TalkingPeer loadingById(Script answerToWait) throws IOException {
    return new TalkingPeer((request, out) -> {
      switch (request.kind()) {
        case GET -> say(out, named(PROCESS, Long.parseLong(request.keys().get(0))), ascii("wait"));
        case MANY -> say(out, many(loading(0, Long.parseLong(request.keys().get(0)))));
        case WAIT -> answerToWait.say(request, out);
      }
    });
  }

  private static String key(Request wait, int index) {
    return wait.loads().get(index).toString();
  }

  /** How a GET is answered whose value that load brings. */
  private static String named(long process, long load) {
    return STILL_LOADING
        + "Groupcache-Loading: "
        + Long.toHexString(process)
        + "-"
        + Long.toHexString(load)
        + "\r\n";
  }

  private static KeyResponse unknown(int index) {
    return KeyResponse.newBuilder().setIndex(index).build();
  }

  private static String keyOf(OnePeerRing ring, TalkingPeer peer) {
    for (int i = 0; ; i++) {
      if (ring.pool.owner("k" + i).orElseThrow().equals(peer.url())) {
        return "k" + i;
      }
    }
  }

  private void awaitEnd() throws IOException {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static PeerConnectionSettings settings(Duration readTimeout) {
    return new PeerConnectionSettings(
        "/_groupcache/", Duration.ofSeconds(10), readTimeout, 16, 1024);
  }
}
