package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.groupcache.GetContext;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.spring.http.wire.KeyAnswer;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.PeerFailure.Health;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Questions to a peer that wait for what a test has them answered with. Who waits can be
 * interrupted, and waits no longer than its context says, as on a connection.
 */
final class HeldQuestions implements PeerQuestions {

  private final BlockingQueue<Question> questions = new LinkedBlockingQueue<>();
  volatile boolean takesMany = true;

  /** The next question that is asked. */
  Question next() throws InterruptedException {
    Question next = questions.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("a question is asked").isNotNull();
    return next;
  }

  /** The next question that is asked; null when none is for a moment. */
  @Nullable Question poll() {
    try {
      return questions.poll(10, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether there is none that a test does not know of. */
  boolean isQuiet() {
    return questions.isEmpty();
  }

  @Override
  public KeyAnswer get(GetContext context, String group, String key) {
    Question alone = new Question(List.of(key), List.of(), true);
    questions.add(alone);
    return Objects.requireNonNull(Objects.requireNonNull(alone.await(context))[0]);
  }

  @Override
  public @Nullable KeyAnswer @Nullable [] getAll(
      GetContext context, String group, List<String> keys, List<List<String>> ancestors) {
    Question many = new Question(keys, ancestors, false);
    questions.add(many);
    return many.await(context);
  }

  @Override
  public boolean takesMany() {
    return takesMany;
  }

  static KeyAnswer valueOf(String key) {
    return new KeyAnswer.Value(
        GetResponse.newBuilder().setValue(ByteString.copyFromUtf8("value of " + key)).build());
  }

  /** A question that has been asked. */
  static final class Question {

    final List<String> keys;
    final List<List<String>> ancestors;
    final boolean alone;

    private final CompletableFuture<@Nullable KeyAnswer @Nullable []> said =
        new CompletableFuture<>();

    private Question(List<String> keys, List<List<String>> ancestors, boolean alone) {
      this.keys = keys;
      this.ancestors = ancestors;
      this.alone = alone;
    }

    /** Answers as a peer should. */
    void answer() {
      say(keys.stream().map(HeldQuestions::valueOf).toArray(KeyAnswer[]::new));
    }

    void say(KeyAnswer... answers) {
      said.complete(answers);
    }

    /** Answers that there are no questions about many keys here. */
    void refuse() {
      said.complete(null);
    }

    void fail(Throwable failure) {
      said.completeExceptionally(failure);
    }

    private @Nullable KeyAnswer @Nullable [] await(GetContext context) {
      try {
        return said.get(
            Math.min(context.remainingNanos(), TimeUnit.SECONDS.toNanos(40)), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PeerFailure("interrupted", e, true, Health.UNKNOWN);
      } catch (TimeoutException e) {
        throw new PeerFailure("timed out", e, true, Health.UNKNOWN);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) Objects.requireNonNull(e.getCause());
      }
    }
  }
}
