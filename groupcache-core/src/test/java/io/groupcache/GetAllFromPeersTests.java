package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.groupcachepb.GetRequest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A get of many keys that other peers own. */
@Timeout(30)
class GetAllFromPeersTests {

  private final CountingGetter getter = CountingGetter.prefixing("local:");

  @Test
  void eachOwnerIsAskedForItsKeysAndTheRestIsLoadedHere() {
    FakePeer one = FakePeer.answering(key -> "one:" + key);
    FakePeer two = FakePeer.answering(key -> "two:" + key);
    Group group =
        new GroupCache(key -> key.startsWith("1") ? one : key.startsWith("2") ? two : null)
            .newGroup("g", 0, getter);

    GetAllResult all = group.getAll(List.of("1a", "2a", "a", "1b"));

    assertThat(all.values())
        .extracting(ByteView::utf8)
        .containsExactly("one:1a", "two:2a", "local:a", "one:1b");
    assertThat(one.requests()).extracting(GetRequest::getKey).containsExactly("1a", "1b");
    assertThat(group.stats()).isEqualTo(new GroupStats(4, 0, 4, 4, 1, 0, 3, 0, 0));
  }

  @Test
  void whatAPeerCanNotGiveComesFromItsStandInsOrFromHere() {
    FakePeer owner =
        new FakePeer((context, request) -> {
          if (request.getKey().equals("good")) {
            return FakePeer.response("owner:good");
          }
          throw new PeerException("no", null, !request.getKey().equals("nobody"));
        });
    FakePeer standIn = FakePeer.answering(key -> "stand-in:" + key);
    Group group = new GroupCache(picker(owner, standIn)).newGroup("g", 0, getter);

    assertThat(group.getAll(List.of("good", "elsewhere", "nobody")).values())
        .extracting(ByteView::utf8)
        .containsExactly("owner:good", "stand-in:elsewhere", "local:nobody");
    assertThat(group.stats().peerErrors()).isEqualTo(2);
  }

  private static PeerPicker picker(ProtoGetter owner, ProtoGetter... standIns) {
    return new PeerPicker() {
      @Override
      public @Nullable ProtoGetter pickPeer(String key) {
        return owner;
      }

      @Override
      public Stream<ProtoGetter> standIns(String key) {
        return Stream.of(standIns);
      }
    };
  }
}
