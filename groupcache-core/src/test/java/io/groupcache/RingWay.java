package io.groupcache;

import io.groupcache.groupcachepb.ChangeId;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.internal.peer.SentValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The way from one peer of a {@link RingOfPeers} to another, on which much can happen. */
final class RingWay implements ProtoGetter {

  private final RingOfPeers ring;
  private final String from;
  private final String to;
  private final AtomicInteger gets = new AtomicInteger();
  private final AtomicInteger exchanges = new AtomicInteger();
  private volatile boolean cut;
  private volatile boolean mute;
  private volatile boolean losesAnswers;
  private volatile boolean refusesGets;
  private volatile @Nullable CountDownLatch answersHeld;
  private volatile @Nullable CountDownLatch exchangesHeld;

  RingWay(RingOfPeers ring, String from, String to) {
    this.ring = ring;
    this.from = from;
    this.to = to;
  }

  /** Nothing gets through. */
  void cut(boolean isCut) {
    cut = isCut;
  }

  /** Has no question answered, while messages about changes get through. */
  void refuseGets(boolean refuses) {
    refusesGets = refuses;
  }

  /** The other one is as a peer in Go: it answers gets, and knows no changes. */
  void mute(boolean isMute) {
    mute = isMute;
  }

  /** What is said of changes arrives, and the answer does not. */
  void loseAnswers(boolean loses) {
    losesAnswers = loses;
  }

  /** Answers to gets are under way until then. */
  void holdAnswers(CountDownLatch until) {
    answersHeld = until;
  }

  /** Messages about changes are under way until then. */
  void holdExchanges(CountDownLatch until) {
    exchangesHeld = until;
  }

  /** How often the other one was asked. */
  int gets() {
    return gets.get();
  }

  /** How often the other one was told of changes. */
  int exchanges() {
    return exchanges.get();
  }

  @Override
  public GetResponse get(GetContext context, GetRequest request) {
    gets.incrementAndGet();
    if (cut || refusesGets) {
      throw new PeerException("There is no way from " + from + " to " + to, null);
    }
    String key = request.getKey();
    List<ChangeId> changes = context.changes(key);
    GetContext asked = GetContext.background().asPeer(from).withChanges(any -> changes);
    GetResponse answer =
        inTime(
            Duration.ofSeconds(20),
            () ->
                SentValue.response(
                    ring.peer(to)
                        .groupCache()
                        .findGroupBetweenPeers(request.getGroup())
                        .orElseThrow(() -> new PeerException("There is no such group", null))
                        .getResult(asked, key)));
    CountDownLatch held = answersHeld;
    if (held != null) {
      Background.await(held);
    }
    return answer;
  }

  @Override
  public Optional<Exchange> exchange(Exchange said, Duration timeout) {
    exchanges.incrementAndGet();
    if (cut) {
      throw new PeerException("There is no way from " + from + " to " + to, null);
    }
    if (mute) {
      return Optional.empty();
    }
    CountDownLatch held = exchangesHeld;
    Exchange answer =
        inTime(
            timeout,
            () -> {
              if (held != null) {
                held.await();
              }
              return ring.peer(to).answer(said);
            });
    if (losesAnswers) {
      throw new PeerException("The answer is lost", null);
    }
    return Optional.of(answer);
  }

  private <T> T inTime(Duration timeout, Callable<T> work) {
    Future<T> answer = ring.threads().submit(work);
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new PeerException("The peer fails", e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new PeerException("The peer does not answer", e);
    }
  }
}
