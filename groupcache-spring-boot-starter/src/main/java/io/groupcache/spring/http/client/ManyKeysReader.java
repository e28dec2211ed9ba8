package io.groupcache.spring.http.client;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.groupcache.ResultHandler;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.http.wire.PeerError;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.PeerFailure.Health;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A peer's answer about many keys, read as it comes. For one thread at a time, which may be another
 * each time; closed by itself at its end, and when it fails.
 */
final class ManyKeysReader {

  private static final int LEAST_BUFFER_BYTES = 8 << 10;
  private static final int MOST_BUFFER_BYTES = 64 << 10;

  /** So that small values of many keys are read in few calls of the system. */
  private static final int BUFFER_BYTES_PER_KEY = 256;

  /** What a message has besides its value. */
  private static final int FRAME_BYTES = 2 * PeerError.MAX_MESSAGE_LENGTH;

  private final String peer;
  private final ClientHttpResponse response;
  private final InputStream body;
  private final CodedInputStream in;
  private final List<String> keys;
  private final boolean hasTime;
  private final boolean[] told;
  private final int maxValueBytes;
  private final int maxMessageBytes;
  private int untold;
  private boolean atHand = true;
  private boolean ended;
  private Consumer<@Nullable RuntimeException> whenEnded = failure -> {};

  /**
   * Reads what {@code peer} answers about {@code keys}.
   *
   * @param hasTime whether the peer was given enough, so that being late says something about it
   */
  ManyKeysReader(
      String peer,
      ClientHttpResponse response,
      List<String> keys,
      int maxResponseBytes,
      boolean hasTime)
      throws IOException {
    this.peer = peer;
    this.response = response;
    this.keys = keys;
    this.hasTime = hasTime;
    this.told = new boolean[keys.size()];
    this.untold = keys.size();
    this.body = response.getBody();
    this.in = CodedInputStream.newInstance(body, bufferBytes(keys.size()));
    this.maxValueBytes = maxResponseBytes;
    this.maxMessageBytes = (int) Math.min(Integer.MAX_VALUE, (long) maxResponseBytes + FRAME_BYTES);
  }

  private static int bufferBytes(int keys) {
    long wanted = (long) keys * BUFFER_BYTES_PER_KEY;
    return (int) Math.min(MOST_BUFFER_BYTES, Math.max(LEAST_BUFFER_BYTES, wanted));
  }

  /** Has {@code listener} told of the end: with null, or what went wrong. */
  void whenEnded(Consumer<@Nullable RuntimeException> listener) {
    whenEnded = listener;
  }

  /** Whether the peer has not said yet that the rest takes a while. */
  boolean isAtHand() {
    return atHand;
  }

  /** Whether every key has been told of, so that nothing but the end can follow. */
  boolean isComplete() {
    return untold == 0;
  }

  /** Has the answer end in so many nanoseconds, as a failure, if it goes on for so long. */
  void endWithin(long nanos) {
    if (body instanceof LimitedEntity.LimitedStream limited) {
      limited.endWithin(nanos);
    }
  }

  /**
   * Reads what is said of one more key, and tells {@code answers}.
   *
   * @return whether there may be more
   * @throws PeerFailure when there is no more, but should be
   */
  boolean next(ResultHandler<GetResponse> answers) {
    try {
      in.resetSizeCounter();
      if (in.isAtEnd()) {
        return atEnd();
      }
      if (isComplete()) {
        throw lie("with more than it was asked", null);
      }
      int length = in.readRawVarint32();
      if (length > maxMessageBytes) {
        skipTooLong(length, answers);
      } else {
        tell(read(length), answers);
      }
      return true;
    } catch (InvalidProtocolBufferException e) {
      // What breaks off within a message is in such an exception, too.
      throw ended(
          e.getCause() instanceof IOException io ? broken(io) : lie("with what can't be read", e));
    } catch (IOException e) {
      throw ended(broken(e));
    } catch (PeerFailure e) {
      throw ended(e);
    } catch (RuntimeException | Error e) { // of whoever was told
      abort();
      throw e;
    }
  }

  /** Gives the answer up: nobody wants the rest. */
  void abort() {
    ended(new PeerFailure("The rest was not waited for", null, true, Health.UNKNOWN));
  }

  private boolean atEnd() {
    if (untold > 0) {
      throw lie("without a word about " + untold + " of the keys", null);
    }
    end(null);
    return false;
  }

  private KeyResponse read(int length) throws IOException {
    int limit = in.pushLimit(length);
    KeyResponse next =
        KeyResponse.parser().parsePartialFrom(in, ExtensionRegistryLite.getEmptyRegistry());
    in.checkLastTagWas(0);
    in.popLimit(limit);
    return next;
  }

  /** A value that is longer than allowed is that key's failure; the others are yet to come. */
  private void skipTooLong(int length, ResultHandler<GetResponse> answers) throws IOException {
    int limit = in.pushLimit(length);
    if (WireFormat.getTagFieldNumber(in.readTag()) != KeyResponse.INDEX_FIELD_NUMBER) {
      throw lie("with more than is allowed, about nobody knows what", null);
    }
    String key = told(in.readUInt32());
    in.skipRawBytes(in.getBytesUntilLimit());
    in.popLimit(limit);
    answers.onFailure(key, tooLong());
  }

  private PeerFailure tooLong() {
    return new PeerFailure(
        "Peer " + peer + " answered with more than groupcache.client.max-response-size",
        null,
        false,
        Health.WELL);
  }

  private void tell(KeyResponse next, ResultHandler<GetResponse> answers) {
    if (!next.hasIndex()) {
      atHand = false;
      answers.onWait();
      return;
    }
    String key = told(next.getIndex());
    boolean value = next.hasResponse() && next.getResponse().hasValue();
    if (value == next.hasError()) {
      throw lie("with neither a value nor an error, or both", null);
    }
    if (value && next.getResponse().getValue().size() > maxValueBytes) {
      answers.onFailure(key, tooLong());
    } else if (value) {
      answers.onValue(key, next.getResponse());
    } else {
      answers.onFailure(key, failure(key, next));
    }
  }

  /** The key that something is said of now. */
  private String told(int index) {
    if (index < 0 || index >= told.length || told[index]) {
      throw lie("about what it was not asked", null);
    }
    told[index] = true;
    untold--;
    return keys.get(index);
  }

  private RuntimeException failure(String key, KeyResponse next) {
    String sentence = PeerError.shortened(next.getMessage());
    return PeerError.of(next.getError())
        .map(error -> error.exception(peer, key, sentence))
        .orElseGet(() ->
            new PeerFailure(
                "Peer " + peer + " gave no value: " + sentence, null, true, Health.UNKNOWN));
  }

  private PeerFailure lie(String how, @Nullable Throwable cause) {
    return new PeerFailure("Peer " + peer + " answered " + how, cause, true, Health.ILL);
  }

  private PeerFailure broken(IOException failure) {
    return PeerFailure.ofRequest(
        peer, failure, failure, !hasTime || !atHand || untold < told.length);
  }

  private PeerFailure ended(PeerFailure failure) {
    end(failure);
    return failure;
  }

  private void end(@Nullable PeerFailure failure) {
    if (!ended) {
      ended = true;
      response.close();
      whenEnded.accept(failure);
    }
  }
}
