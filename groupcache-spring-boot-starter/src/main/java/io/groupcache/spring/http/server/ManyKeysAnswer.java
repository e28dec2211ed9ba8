package io.groupcache.spring.http.server;

import com.google.protobuf.CodedOutputStream;
import io.groupcache.ByteView;
import io.groupcache.GetResult;
import io.groupcache.ResultHandler;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.http.client.RestClientProtoGetter;
import io.groupcache.spring.http.wire.KeyResponses;
import io.groupcache.spring.http.wire.PeerError;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The answer about many keys. Where all of them are at hand it is sent in one go, with its length;
 * else what is at hand is sent first, and the rest key by key. For one thread.
 */
final class ManyKeysAnswer implements ResultHandler<GetResult> {

  private final HttpServletResponse response;
  private final Map<String, Integer> indexes;
  private final BiFunction<String, RuntimeException, KeyFailure> failures;
  private final RequestPermits permits;

  /** What has not been written yet. */
  private final List<Entry> entries = new ArrayList<>();

  private int untold;
  private boolean begun;

  /**
   * Makes an answer of which nothing is known.
   *
   * @param indexes the keys, with their indexes
   * @param failures says what the asker is told of a failure
   * @param permits are given back as the keys are told
   */
  ManyKeysAnswer(
      HttpServletResponse response,
      Map<String, Integer> indexes,
      BiFunction<String, RuntimeException, KeyFailure> failures,
      RequestPermits permits) {
    this.response = response;
    this.indexes = indexes;
    this.failures = failures;
    this.permits = permits;
    this.untold = indexes.size();
  }

  @Override
  public void onValue(String key, GetResult result) {
    add(new Entry(index(key), result.value(), null));
  }

  @Override
  public void onFailure(String key, RuntimeException failure) {
    KeyFailure told = failures.apply(key, failure);
    add(
        new Entry(
            index(key),
            ByteView.empty(),
            KeyResponse.newBuilder()
                .setIndex(index(key))
                .setError(told.error() == null ? "" : told.error().code())
                .setMessage(PeerError.shortened(told.sentence()))
                .build()));
  }

  /** The asker must not wait for what is at hand: it is sent before the wait. */
  @Override
  public void onWait() {
    try {
      if (!begun) {
        begun = true;
        entries.add(new Entry(0, ByteView.empty(), KeyResponse.getDefaultInstance()));
        response.setContentType(RestClientProtoGetter.PROTOBUF.toString());
      }
      if (!entries.isEmpty()) {
        write();
        response.flushBuffer();
      }
    } catch (IOException e) { // the asker is gone, and needs nothing more
      throw new UncheckedIOException(e);
    }
  }

  /** Sends the rest. */
  void end() throws IOException {
    if (!begun) {
      response.setContentType(RestClientProtoGetter.PROTOBUF.toString());
      response.setContentLengthLong(entries.stream().mapToLong(Entry::size).sum());
    }
    write();
  }

  private void add(Entry entry) {
    entries.add(entry);
    untold--;
    permits.keepAtMost(untold);
  }

  private int index(String key) {
    return Objects.requireNonNull(indexes.get(key));
  }

  private void write() throws IOException {
    KeyResponses out = new KeyResponses(response.getOutputStream());
    for (Entry entry : entries) {
      entry.write(out);
    }
    entries.clear();
    out.flush();
  }

  /** What is said of one key; {@code message} says it where there is no value. */
  private record Entry(int index, ByteView value, @Nullable KeyResponse message) {

    long size() {
      return message == null
          ? KeyResponses.sizeOfValue(index, value)
          : CodedOutputStream.computeMessageSizeNoTag(message);
    }

    void write(KeyResponses out) throws IOException {
      if (message == null) {
        out.value(index, value);
      } else {
        out.message(message);
      }
    }
  }
}
