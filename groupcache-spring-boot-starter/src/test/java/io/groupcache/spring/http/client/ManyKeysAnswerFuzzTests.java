package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.google.protobuf.InvalidProtocolBufferException;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.groupcachepb.GetManyResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.http.wire.KeyAnswer;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.PeerFailure.Health;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whatever a peer answers about many keys, or to a wait for their loads: either the answer is
 * refused, or each key has what the bytes say of it, as the generated code reads them.
 */
class ManyKeysAnswerFuzzTests {

  private static final int MAX_VALUE_BYTES = 256;
  private static final List<String> KEYS = List.of("a", "b", "c");

  private final PeerAnswers answers = new PeerAnswers("peer", MAX_VALUE_BYTES);

  @FuzzTest(maxExecutions = 20_000, maxDuration = "10m")
  void eachKeyHasWhatTheBytesSayOrTheAnswerIsRefused(byte @NotNull [] body) throws IOException {
    check(body, false);
    check(body, true);
  }

  private void check(byte[] body, boolean isWait) throws IOException {
    Optional<GetManyResponse> message = read(body).filter(read -> makesSense(read, isWait));
    @Nullable KeyAnswer[] said;
    try {
      said = answers.ofMany(new BodyResponse(body.clone()), KEYS, isWait);
    } catch (PeerFailure lie) {
      assertThat(lie.health()).isEqualTo(Health.ILL);
      assertThat(lie.getMessage()).startsWith("Peer peer answered");
      assertThat(message).isEmpty();
      return;
    }
    assertThat(message).isPresent();
    assertThat(said).hasSize(KEYS.size());
    int found = 0;
    for (KeyResponse response : message.orElseThrow().getKeyList()) {
      check(
          Objects.requireNonNull(said)[response.getIndex()],
          response,
          message.orElseThrow().getProcess());
      found++;
    }
    assertThat(said).filteredOn(answer -> answer != null).hasSize(found);
  }

  private static void check(@Nullable KeyAnswer answer, KeyResponse response, long process) {
    if (response.getResponse().hasValue()) {
      if (response.getResponse().getValue().size() <= MAX_VALUE_BYTES) {
        assertThat(answer).isEqualTo(new KeyAnswer.Value(response.getResponse()));
      } else {
        assertThat(answer).isInstanceOf(KeyAnswer.Failed.class);
      }
    } else if (response.hasLoading()) {
      assertThat(answer).isEqualTo(new KeyAnswer.Loading(process, response.getLoading()));
    } else if (!response.hasError() || response.getError().equals("still-loading")) {
      assertThat(answer).isEqualTo(new KeyAnswer.Again(true));
    } else {
      Class<? extends RuntimeException> type =
          switch (response.getError()) {
            case "key-not-found" -> KeyNotFoundException.class;
            case "load-failed" -> LoadException.class;
            default -> PeerFailure.class;
          };
      assertThat(answer)
          .isInstanceOfSatisfying(
              KeyAnswer.Failed.class, failed -> assertThat(failed.failure()).isInstanceOf(type));
    }
  }

  private static Optional<GetManyResponse> read(byte[] body) {
    try {
      return Optional.of(GetManyResponse.parseFrom(body));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /** Whether it says one thing at most of each key, and, but for a wait, something of all. */
  private static boolean makesSense(GetManyResponse message, boolean isWait) {
    Set<Integer> indexes = new HashSet<>();
    for (KeyResponse response : message.getKeyList()) {
      boolean value = response.getResponse().hasValue();
      boolean error = response.hasError();
      boolean loading = response.hasLoading();
      boolean one = value ? !error && !loading : error != loading;
      boolean none = !value && !error && !loading;
      boolean asked =
          response.hasIndex()
              && Integer.compareUnsigned(response.getIndex(), KEYS.size()) < 0
              && indexes.add(response.getIndex());
      if (!asked || !(one || (isWait && none))) {
        return false;
      }
    }
    return isWait || indexes.size() == KEYS.size();
  }
}
