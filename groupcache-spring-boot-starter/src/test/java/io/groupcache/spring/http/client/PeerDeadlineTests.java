package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.groupcache.ByteView;
import io.groupcache.DeadlineExceededException;
import io.groupcache.GetContext;
import io.groupcache.GroupCacheException;
import io.groupcache.spring.Threads;
import io.groupcache.spring.http.PeerState;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A get's time, on the way to a peer. */
@Timeout(60)
class PeerDeadlineTests {

  private static final Pattern TIMEOUT = Pattern.compile("Groupcache-Timeout: (\\d+)");

  /** So long that a test that waits for it fails by its own time-out. */
  private static final PeerConnectionSettings PATIENT = settings(Duration.ofMinutes(5), 1);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    never.countDown();
  }

  @Test
  void thePeerIsToldTheTimeThatIsLeft() throws IOException {
    // Half of it: the other half is for the getter here, if it comes to that.
    assertThat(toldTimeout(PATIENT, within(Duration.ofSeconds(60)))).isBetween(1L, 30_000L);
  }

  @Test
  void thePeerIsToldTheReadTimeoutWhereThatIsShorter() throws IOException {
    PeerConnectionSettings settings = settings(Duration.ofSeconds(20), 1);

    assertThat(toldTimeout(settings, within(Duration.ofHours(1)))).isEqualTo(20_000);
    assertThat(toldTimeout(settings, GetContext.background())).isEqualTo(20_000);
  }

  @Test
  void aFrozenPeerCostsHalfOfTheDeadlineAndNoError() throws IOException {
    try (KeepAlivePeer peer = frozen();
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      assertThat(ring.group.get(within(Duration.ofSeconds(10)), "k"))
          .isEqualTo(ByteView.of("local k"));
    }
  }

  @Test
  void aFrozenPeerIsFoundOutHoweverShortTheDeadlinesAre() throws IOException {
    try (KeepAlivePeer peer = frozen();
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      for (int i = 0; i < 2; i++) {
        getOrBeLate(ring, Duration.ofSeconds(2), "k" + i);
      }
      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.DOWN);
    }
  }

  @Test
  void nothingIsHeldAgainstAPeerThatWasNotGivenTheTime() throws IOException {
    try (KeepAlivePeer peer = frozen();
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      for (int i = 0; peer.requests().size() < 6; i++) {
        getOrBeLate(ring, Duration.ofMillis(100), "k" + i);
      }
      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.UP);
    }
  }

  @Test
  void waitingForAConnectionEndsAtTheDeadlineToo() throws Exception {
    try (KeepAlivePeer peer = frozen();
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      CompletableFuture<Throwable> holder =
          Threads.supply(
              () -> catchThrowable(() -> ring.group.get(within(Duration.ofMinutes(5)), "holder")));
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

      assertThat(ring.group.get(within(Duration.ofSeconds(10)), "k"))
          .isEqualTo(ByteView.of("local k"));

      assertThat(holder).isNotDone();
    }
  }

  @Test
  void anInterruptEndsAWaitForAPeerAtOnceAndKeepsTheFlag() throws Exception {
    try (KeepAlivePeer peer = frozen();
        OnePeerRing ring = new OnePeerRing(peer.url(), PATIENT)) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      AtomicBoolean flag = new AtomicBoolean();
      Thread caller =
          new Thread(() -> {
            Throwable failure =
                catchThrowable(() -> ring.group.get(within(Duration.ofMinutes(5)), "k"));
            flag.set(Thread.currentThread().isInterrupted());
            thrown.complete(failure);
          });
      caller.setDaemon(true);
      caller.start();
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

      caller.interrupt();

      assertThat(thrown.get(20, TimeUnit.SECONDS))
          .isExactlyInstanceOf(GroupCacheException.class)
          .hasMessageContaining("Interrupted");
      assertThat(flag).isTrue();
      assertThat(ring.group.stats().loadsLocal()).isZero();
      assertThat(ring.pool.state(peer.url())).isEqualTo(PeerState.UP);
    }
  }

  private long toldTimeout(PeerConnectionSettings settings, GetContext context) throws IOException {
    try (KeepAlivePeer peer = new KeepAlivePeer(1, () -> {});
        OnePeerRing ring = new OnePeerRing(peer.url(), settings)) {
      ring.group.get(context, "k");
      Matcher header = TIMEOUT.matcher(peer.requests().get(0));
      assertThat(header.find()).as(peer.requests().get(0)).isTrue();
      return Long.parseLong(header.group(1));
    }
  }

  private KeepAlivePeer frozen() throws IOException {
    return new KeepAlivePeer(
        1,
        () -> {
          asked.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** On a busy machine the getter here may come too late, too. */
  private static void getOrBeLate(OnePeerRing ring, Duration time, String key) {
    try {
      ring.group.get(within(time), key);
    } catch (DeadlineExceededException e) {
      // It is the peer that this is about.
    }
  }

  private static GetContext within(Duration time) {
    return GetContext.background().withTimeout(time);
  }

  private static PeerConnectionSettings settings(Duration readTimeout, int connections) {
    return new PeerConnectionSettings(
        "/_groupcache/", Duration.ofSeconds(10), readTimeout, connections, 1024);
  }
}
