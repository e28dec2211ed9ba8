package io.groupcache.spring.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.groupcache.ByteView;
import io.groupcache.GroupCache;
import io.groupcache.Sinks;
import io.groupcache.groupcachepb.Change;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.spring.ring.AppRing;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first change that a process makes comes after those before its start. */
@Timeout(60)
class FirstChangeTests {

  private static final int OWNER = 0;
  private static final int NEW = 1;

  @Test
  void itReplacesAValueThatWasSetByAPeerWhoseClockIsAhead() {
    try (AppRing ring =
        AppRing.start(2, VersionedApp.class, "groupcache.security.shared-secret=s3cret")) {
      String key = ring.keysOf(OWNER, "k" + UUID.randomUUID()).findFirst().orElseThrow();
      ring.peers().get(OWNER).bean(GroupCache.class).answer(setAnHourAhead(key));
      assertThat(get(ring, OWNER, key)).isEqualTo("old");

      ring.restart(NEW);
      assertThat(ring.group(NEW, "versions").set(key, ByteView.of("new")).isComplete()).isTrue();

      assertThat(get(ring, OWNER, key)).isEqualTo("new");
      assertThat(get(ring, NEW, key)).isEqualTo("new");
    }
  }

  private static String get(AppRing ring, int peer, String key) {
    return ring.group(peer, "versions").get(key, Sinks.string());
  }

  private static Exchange setAnHourAhead(String key) {
    return Exchange.newBuilder()
        .addChange(
            Change.newBuilder()
                .setAuthor(1)
                .setNumber(1)
                .setStamp((System.currentTimeMillis() + 3_600_000) << 16)
                .setGroup("versions")
                .addKey(key)
                .setValue(GetResponse.newBuilder().setValue(ByteString.copyFromUtf8("old"))))
        .build();
  }
}
