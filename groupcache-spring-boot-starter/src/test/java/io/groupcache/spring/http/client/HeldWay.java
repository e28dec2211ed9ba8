package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.groupcache.GetContext;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.PeerFailure.Health;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A way to a peer whose requests wait for what a test has them answered with. Who waits can be
 * interrupted, and waits no longer than its context says, as on a connection.
 */
final class HeldWay implements PeerWay {

  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  volatile boolean takesMany = true;

  /** The next request that is sent. */
  Request next() throws InterruptedException {
    Request next = requests.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("a request is sent").isNotNull();
    return next;
  }

  /** The next request that is sent; null when none is for a moment. */
  @Nullable Request poll() {
    try {
      return requests.poll(10, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean takesMany() {
    return takesMany;
  }

  @Override
  public GetResponse get(GetContext context, GetRequest request) {
    Request alone = new Request(List.of(request.getKey()), context, true);
    requests.add(alone);
    return alone.await(alone.value);
  }

  @Override
  public @Nullable ManyKeysReader ask(GetContext context, String group, List<String> keys) {
    Request many = new Request(keys, context, false);
    requests.add(many);
    return many.await(many.accepted) ? many.reader() : null;
  }

  static GetResponse valueOf(String key) {
    return GetResponse.newBuilder().setValue(ByteString.copyFromUtf8("value of " + key)).build();
  }

  /** A request that has been sent. */
  static final class Request {

    final List<String> keys;
    final boolean alone;

    /** What was told of the end of its answer. */
    final List<String> ends = new CopyOnWriteArrayList<>();

    /** Whether its answer was there before its sender had gone. */
    volatile boolean hasReader;

    private final GetContext context;
    private final CompletableFuture<GetResponse> value = new CompletableFuture<>();
    private final CompletableFuture<Boolean> accepted = new CompletableFuture<>();
    private final Body body;

    private Request(List<String> keys, GetContext context, boolean alone) {
      this.keys = keys;
      this.context = context;
      this.alone = alone;
      this.body = new Body(context);
    }

    /** Answers about a key as a peer should; one alone is all of the answer. */
    void answer(String key) {
      if (alone) {
        value.complete(valueOf(key));
      } else {
        say(KeyResponse.newBuilder().setIndex(keys.indexOf(key)).setResponse(valueOf(key)));
      }
    }

    void say(KeyResponse.Builder message) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        message.build().writeDelimitedTo(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      body.pieces.add(bytes.toByteArray());
      accepted.complete(true);
    }

    /** Says that the rest takes a while. */
    void sayThatTheRestTakesAWhile() {
      say(KeyResponse.newBuilder());
    }

    void sayError(String key, String error) {
      say(KeyResponse.newBuilder().setIndex(keys.indexOf(key)).setError(error));
    }

    void end() {
      body.pieces.add(Body.END);
      accepted.complete(true);
    }

    void breakOff() {
      body.pieces.add(Body.BREAK);
      accepted.complete(true);
    }

    /** Answers that there are no requests for many keys here. */
    void refuse() {
      accepted.complete(false);
    }

    void fail(Throwable failure) {
      value.completeExceptionally(failure);
      accepted.completeExceptionally(failure);
    }

    /** Whether that thread waits for more of the answer. */
    boolean isWaitedForBy(Thread thread) {
      return body.reader == thread && body.pieces.isEmpty();
    }

    boolean isReadToItsEnd() {
      return body.readToItsEnd;
    }

    boolean isClosed() {
      return body.closed;
    }

    private ManyKeysReader reader() {
      try {
        ManyKeysReader reader =
            new ManyKeysReader("peer", new BodyResponse(body), keys, 1 << 20, true);
        hasReader = true;
        reader.whenEnded(failure -> ends.add(String.valueOf(failure)));
        return reader;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private <T> T await(CompletableFuture<T> answer) {
      try {
        return answer.get(nanosLeft(context), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PeerFailure("interrupted", e, true, Health.UNKNOWN);
      } catch (TimeoutException e) {
        throw new PeerFailure("timed out", e, true, Health.UNKNOWN);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) e.getCause();
      }
    }
  }

  private static long nanosLeft(GetContext context) {
    return context.remaining().map(left -> left.toNanos()).orElse(TimeUnit.SECONDS.toNanos(20));
  }

  /** The body of an answer, in pieces. */
  private static final class Body extends InputStream {

    private static final byte[] END = {0, 1}; // no message is that
    private static final byte[] BREAK = {0, 2};

    private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private final GetContext context;
    private volatile boolean readToItsEnd;
    private volatile boolean closed;
    private volatile @Nullable Thread reader;

    private Body(GetContext context) {
      this.context = context;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (readToItsEnd) {
        return -1;
      }
      byte[] piece = take();
      if (Arrays.equals(piece, END)) {
        readToItsEnd = true;
        return -1;
      }
      if (Arrays.equals(piece, BREAK)) {
        throw new IOException("broken off");
      }
      assertThat(length).isGreaterThanOrEqualTo(piece.length);
      System.arraycopy(piece, 0, to, offset, piece.length);
      return piece.length;
    }

    private byte[] take() throws IOException {
      reader = Thread.currentThread();
      try {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        byte[] piece = pieces.poll(nanosLeft(context), TimeUnit.NANOSECONDS);
        if (piece == null) {
          throw new SocketTimeoutException("too late");
        }
        return piece;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClosedByInterruptException();
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
