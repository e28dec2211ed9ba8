package io.groupcache.internal.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.groupcachepb.Change;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthorTests {

  private final FakeClock clock = new FakeClock();
  private final Author author = new Author(clock::nanos, clock::wallMillis);

  @Test
  void changesAreNumberedAndStampedInTheirOrder() {
    Change one = next();
    Change other = next();

    assertThat(other.getAuthor()).isEqualTo(one.getAuthor());
    assertThat(List.of(one.getNumber(), other.getNumber())).containsExactly(1L, 2L);
    assertThat(other.getStamp()).isGreaterThan(one.getStamp());
  }

  @Test
  void aChangeMadeInTheKnowledgeOfAnotherHasTheGreaterStampWhateverTheClockSays() {
    long theirs = next().getStamp() + (1L << 40);
    author.seen(theirs);

    assertThat(next().getStamp()).isGreaterThan(theirs);
  }

  @Test
  void oneThatWasSilentForFiveMinutesIsAnotherAfterwards() {
    Change before = next();
    clock.pass(Duration.ofMinutes(5).minusNanos(1));
    assertThat(next().getAuthor()).isEqualTo(before.getAuthor());

    clock.pass(Duration.ofMinutes(5));
    Change after = next();

    assertThat(after.getAuthor()).isNotEqualTo(before.getAuthor());
    assertThat(after.getNumber()).isEqualTo(1);
    assertThat(after.getStamp()).isGreaterThan(before.getStamp());
  }

  @Test
  void noKeysAreAllOfThem() {
    assertThat(author.next("g", List.of()).getAll()).isTrue();
    assertThat(next().getAll()).isFalse();
  }

  private Change next() {
    return author.next("g", List.of("k"));
  }
}
