package io.groupcache.internal.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.groupcachepb.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class HearsayTests {

  private final Author author = new Author(() -> 0, () -> 0);

  @Test
  void anAuthorThatIsSaidToHaveMadeMoreThanItHasIsAnotherOne() {
    Change first = next();

    boolean can = author.hasMade(first.getAuthor(), Long.MAX_VALUE);

    assertThat(can).isFalse();
    assertThat(next().getAuthor()).isNotEqualTo(first.getAuthor());
  }

  @Test
  void itStaysItselfWhateverIsSaidOfOthersAndOfWhatItHasMade() {
    Change first = next();

    assertThat(author.hasMade(first.getAuthor(), 1)).isTrue();
    assertThat(author.hasMade(first.getAuthor() + 1, 2)).isTrue();

    Change second = next();
    assertThat(second.getAuthor()).isEqualTo(first.getAuthor());
    assertThat(second.getNumber()).isEqualTo(2);
  }

  private Change next() {
    return author.next("things", List.of("key"));
  }
}
