package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.groupcachepb.Change;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KnownChanges;
import io.groupcache.groupcachepb.PeerProcess;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a peer says of changes may be anything. */
@Timeout(60)
class StrayAnswersTests {

  @ParameterizedTest
  @MethodSource("malformed")
  void whatMakesNoSenseIsRefusedAndChangesNothing(Exchange said) {
    try (GroupCache groupCache = new GroupCache(PeerPicker.none())) {
      Group group = groupCache.newGroup("g", 100, CountingGetter.prefixing(""));
      group.get("k");

      assertThatThrownBy(() -> groupCache.answer(said))
          .isInstanceOf(IllegalArgumentException.class);

      assertThat(group.cacheStats(CacheType.MAIN).items()).isEqualTo(1);
    }
  }

  static Stream<Exchange> malformed() {
    GetResponse value = GetResponse.getDefaultInstance();
    Exchange.Builder tooManyAuthors = Exchange.newBuilder().setPulse(true);
    for (int i = 0; i <= 10_000; i++) {
      tooManyAuthors.addKnown(KnownChanges.newBuilder().setAuthor(i).setNumber(1));
    }
    return Stream.concat(
        Stream.of(
                change().clearNumber(),
                change().setNumber(-1),
                change().setStamp(-1),
                change().clearGroup(),
                change().clearKey(),
                change().setAll(true),
                change().addKey("l").setValue(value),
                change().clearKey().setAll(true).setValue(value))
            .map(each -> Exchange.newBuilder().addChange(change()).addChange(each).build()),
        Stream.of(tooManyAuthors.build()));
  }

  @Test
  void aPeerWhoseAnswersFailInAnyWayIsPendingAndToldOfTheNextChange() {
    Supplier<Exchange> nonsense =
        () -> {
          throw new AssertionError("failed");
        };
    assertToldEachTime(nonsense);
  }

  @Test
  void aPeerThatNamesPeersThatCantBeIsToldOfTheNextChange() {
    Exchange.Builder answer =
        Exchange.newBuilder().setRing(1).addPeer(PeerProcess.newBuilder().setUrl("no url"));
    assertToldEachTime(answer::build);
  }

  @Test
  void aPeerThatSaysItKnowsEverythingIsAskedForItNoMoreThanSoOften() {
    AtomicInteger asked = new AtomicInteger();
    PeerPicker peers =
        ring(said -> {
          asked.incrementAndGet();
          return Exchange.newBuilder()
              .setPulse(true)
              .setAwake(true)
              .addKnown(KnownChanges.newBuilder().setAuthor(7).setNumber(Long.MAX_VALUE))
              .build();
        });
    try (GroupCache groupCache = new GroupCache(peers)) {
      Group group = groupCache.newGroup("g", 100, CountingGetter.prefixing(""));

      Eventually.holds(() -> groupCache.answer(Exchange.getDefaultInstance()).getAwake());

      assertThat(asked.get()).isLessThanOrEqualTo(50);
      assertThat(group.get("k", Sinks.string())).isEqualTo("k");
    }
  }

  private static void assertToldEachTime(Supplier<Exchange> answer) {
    AtomicInteger told = new AtomicInteger();
    PeerPicker peers =
        ring(said -> {
          if (said.getPulse()) {
            throw new PeerException("not now", null);
          }
          told.incrementAndGet();
          return answer.get();
        });
    try (GroupCache groupCache =
        GroupCache.builder(peers).changeTimeout(Duration.ofSeconds(10)).build()) {
      Group group = groupCache.newGroup("g", 100, CountingGetter.prefixing(""));
      group.remove("k");
      group.remove("k");

      assertThat(told.get()).isEqualTo(2);
    }
  }

  private static PeerPicker ring(UnaryOperator<Exchange> answers) {
    ProtoGetter other =
        new ProtoGetter() {
          @Override
          public GetResponse get(GetContext context, GetRequest request) {
            throw new PeerException("not asked", null);
          }

          @Override
          public Optional<Exchange> exchange(Exchange said, Duration timeout) {
            return Optional.of(answers.apply(said));
          }
        };
    return new PeerPicker() {
      @Override
      public @Nullable ProtoGetter pickPeer(String key) {
        return null;
      }

      @Override
      public Optional<Map<String, ProtoGetter>> others() {
        return Optional.of(Map.of("other", other));
      }

      @Override
      public Optional<ProtoGetter> way(String url) {
        throw new IllegalArgumentException(url);
      }
    };
  }

  private static Change.Builder change() {
    return Change.newBuilder().setAuthor(1).setNumber(1).setStamp(1).setGroup("g").addKey("k");
  }
}
