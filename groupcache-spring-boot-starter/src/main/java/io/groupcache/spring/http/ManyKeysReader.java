package io.groupcache.spring.http;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import io.groupcache.ResultHandler;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.http.PeerFailure.Health;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A peer's answer about many keys, read as it comes. For one thread at a time, which may be another
 * each time; closed by itself at its end, and when it fails.
 */
final class ManyKeysReader {

  private static final int BUFFER_BYTES = 8192;

  /** What a message has besides its value. */
  private static final int FRAME_BYTES = 2 * PeerError.MAX_MESSAGE_LENGTH;

  private final String peer;
  private final ClientHttpResponse response;
  private final CodedInputStream in;
  private final List<String> keys;
  private final boolean[] told;
  private int untold;
  private boolean atHand = true;
  private Consumer<@Nullable RuntimeException> whenEnded = failure -> {};

  /** Reads what {@code peer} answers about {@code keys}. */
  ManyKeysReader(String peer, ClientHttpResponse response, List<String> keys, int maxResponseBytes)
      throws IOException {
    this.peer = peer;
    this.response = response;
    this.keys = keys;
    this.told = new boolean[keys.size()];
    this.untold = keys.size();
    this.in = CodedInputStream.newInstance(response.getBody(), BUFFER_BYTES);
    in.setSizeLimit((int) Math.min(Integer.MAX_VALUE, (long) maxResponseBytes + FRAME_BYTES));
  }

  /** Has {@code listener} told of the end: with null, or what went wrong. */
  void whenEnded(Consumer<@Nullable RuntimeException> listener) {
    whenEnded = listener;
  }

  /** Whether the peer has not said yet that the rest takes a while. */
  boolean isAtHand() {
    return atHand;
  }

  /**
   * Reads what is said of one more key, and tells {@code answers}.
   *
   * @return whether there may be more
   * @throws PeerFailure when there is no more, but should be
   */
  boolean next(ResultHandler<GetResponse> answers) {
    KeyResponse next;
    try {
      in.resetSizeCounter();
      if (in.isAtEnd()) {
        return atEnd();
      }
      next = in.readMessage(KeyResponse.parser(), ExtensionRegistryLite.getEmptyRegistry());
    } catch (InvalidProtocolBufferException e) {
      throw ended(lie("with what can't be read", e));
    } catch (IOException e) {
      throw ended(PeerFailure.ofRequest(peer, e, !atHand || untold < told.length));
    }
    tell(next, answers);
    return true;
  }

  /** Gives the answer up: nobody wants the rest. */
  void abort() {
    ended(new PeerFailure("The rest was not waited for", null, true, Health.UNKNOWN));
  }

  private boolean atEnd() {
    if (untold > 0) {
      throw ended(lie("without a word about " + untold + " of the keys", null));
    }
    response.close();
    whenEnded.accept(null);
    return false;
  }

  private void tell(KeyResponse next, ResultHandler<GetResponse> answers) {
    if (!next.hasIndex()) {
      atHand = false;
      answers.onWait();
      return;
    }
    int index = next.getIndex();
    if (index < 0 || index >= told.length || told[index]) {
      throw ended(lie("about what it was not asked", null));
    }
    boolean value = next.hasResponse() && next.getResponse().hasValue();
    if (value == next.hasError()) {
      throw ended(lie("with neither a value nor an error, or both", null));
    }
    told[index] = true;
    untold--;
    if (value) {
      answers.onValue(keys.get(index), next.getResponse());
    } else {
      answers.onFailure(keys.get(index), failure(keys.get(index), next));
    }
  }

  private RuntimeException failure(String key, KeyResponse next) {
    String sentence = next.getMessage();
    return PeerError.of(next.getError())
        .map(error -> error.exception(peer, key, sentence))
        .orElseGet(() ->
            new PeerFailure(
                "Peer " + peer + " gave no value: " + sentence, null, true, Health.UNKNOWN));
  }

  private PeerFailure lie(String how, @Nullable Throwable cause) {
    return new PeerFailure("Peer " + peer + " answered " + how, cause, true, Health.ILL);
  }

  private PeerFailure ended(PeerFailure failure) {
    response.close();
    whenEnded.accept(failure);
    return failure;
  }
}
