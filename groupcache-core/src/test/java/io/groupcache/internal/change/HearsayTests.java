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

    author.isSaidToHaveMade(first.getAuthor(), Long.MAX_VALUE);

    assertThat(next().getAuthor()).isNotEqualTo(first.getAuthor());
  }

  @Test
  void itStaysItselfWhateverIsSaidOfOthersAndOfWhatItHasMade() {
    Change first = next();

    author.isSaidToHaveMade(first.getAuthor(), 1);
    author.isSaidToHaveMade(first.getAuthor() + 1, 2);

    Change second = next();
    assertThat(second.getAuthor()).isEqualTo(first.getAuthor());
    assertThat(second.getNumber()).isEqualTo(2);
  }

  private Change next() {
    return author.next("things", List.of("key"));
  }
}
