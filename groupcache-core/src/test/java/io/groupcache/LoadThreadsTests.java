package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadThreadsTests {

  @Test
  void aThreadHasNothingOfTheCallerThatMadeIt() {
    InheritableThreadLocal<String> user = new InheritableThreadLocal<>();
    try (GroupCache groupCache = new GroupCache(PeerPicker.none())) {
      Group users =
          groupCache.newGroup("users", 0, (context, key, dest) -> dest.setString("" + user.get()));
      user.set("the first caller");

      GetContext context = GetContext.background().withTimeout(Duration.ofMinutes(1));
      assertThat(users.get(context, "k", Sinks.string())).isEqualTo("null");
    } finally {
      user.remove();
    }
  }
}
