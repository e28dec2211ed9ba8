package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.google.protobuf.ByteString;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.PeerException;
import io.groupcache.ResultHandler;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.spring.http.wire.PeerFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whatever a peer answers about many keys, each that was asked for has one outcome at most, which
 * is what the bytes say, and the answer ends once.
 */
class ManyKeysAnswerFuzzTests {

  private static final int MAX_RESPONSE_BYTES = 256;
  private static final List<String> KEYS = List.of("a", "b", "c");

  @FuzzTest(maxExecutions = 20_000, maxDuration = "10m")
  void eachKeyHasOneOutcomeAtMost(byte @NotNull [] input) throws IOException {
    ByteString said = ByteString.copyFrom(input);
    Outcomes outcomes = new Outcomes();
    List<String> ends = new ArrayList<>();
    BodyResponse response = new BodyResponse(new ByteArrayInputStream(input));
    ManyKeysReader reader = new ManyKeysReader("peer", response, KEYS, MAX_RESPONSE_BYTES, true);
    reader.whenEnded(failure -> ends.add(String.valueOf(failure)));

    boolean complete = true;
    try {
      boolean more = true;
      while (more) {
        more = reader.next(outcomes);
      }
    } catch (PeerFailure lie) {
      assertThat(lie.getMessage()).startsWith("Peer peer answered");
      complete = false;
    }

    assertThat(ends).hasSize(1);
    assertThat(response.isClosed()).isTrue();
    assertThat(KEYS).containsAll(outcomes.values.keySet());
    if (complete) {
      assertThat(outcomes.values).hasSize(KEYS.size());
    }
    for (Object outcome : outcomes.values.values()) {
      if (outcome instanceof ByteString value) {
        assertThat(value.size()).isLessThanOrEqualTo(MAX_RESPONSE_BYTES + 2 * 4096);
        assertThat(indexOf(said, value)).isNotNegative();
      } else {
        assertThat(outcome)
            .isInstanceOfAny(PeerException.class, KeyNotFoundException.class, LoadException.class);
      }
    }
  }

  private static int indexOf(ByteString all, ByteString part) {
    for (int i = 0; i + part.size() <= all.size(); i++) {
      if (all.substring(i, i + part.size()).equals(part)) {
        return i;
      }
    }
    return -1;
  }

  private static final class Outcomes implements ResultHandler<GetResponse> {

    private final Map<String, Object> values = new HashMap<>();

    @Override
    public void onValue(String key, GetResponse response) {
      assertThat(values.put(key, response.getValue())).isNull();
    }

    @Override
    public void onFailure(String key, RuntimeException failure) {
      assertThat(values.put(key, failure)).isNull();
    }
  }
}
