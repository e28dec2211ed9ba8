package io.groupcache.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.groupcache.GetContext;
import io.groupcache.ProtoGetter;
import io.groupcache.consistenthash.HashFunction;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPoolTests {

  private static final String A = "http://a:8080";
  private static final String B = "http://b:8080";
  private static final String C = "http://c:8080";

  private final List<String> connected = new ArrayList<>();

  @Test
  void withoutPeersItIsARingOfOne() {
    HttpPool pool = pool(A);

    assertThat(pool.pickPeer("k")).isNull();
    assertThat(pool.owner("k")).contains(A);
    assertThat(pool.peers()).containsExactly(A);
    assertThat(pool.size()).isEqualTo(1);
  }

  @Test
  void aRingOfOneNeedsNoUrl() {
    HttpPool pool = pool(null);

    assertThat(pool.pickPeer("k")).isNull();
    assertThat(pool.owner("k")).isEmpty();
    assertThat(pool.peers()).isEmpty();
    assertThat(pool.size()).isEqualTo(1);
  }

  @Test
  void ownKeysArePickedByNobodyElse() {
    HttpPool pool = pool(A);
    pool.set(A, B, C);

    assertThat(keys())
        .allSatisfy(key ->
            assertThat(pool.pickPeer(key) == null)
                .isEqualTo(pool.owner(key).orElseThrow().equals(A)));
    assertThat(connected).containsExactlyInAnyOrder(B, C);
    assertThat(pool.size()).isEqualTo(3);
  }

  @Test
  void theOrderAndTheSpellingOfTheEndDoNotMatter() {
    HttpPool one = pool(A);
    HttpPool other = pool(A + "/");
    one.set(A, B, C);
    other.set(C + "/", A, B, A);

    assertThat(other.peers()).isEqualTo(one.peers());
    assertThat(keys()).allSatisfy(key -> assertThat(other.owner(key)).isEqualTo(one.owner(key)));
  }

  @Test
  void waysToPeersThatStayAreKept() {
    HttpPool pool = pool(A);
    pool.set(A, B);
    String ownedByB = keys().stream().filter(key -> pool.pickPeer(key) != null).findFirst().get();
    ProtoGetter before = pool.pickPeer(ownedByB);

    pool.set(B, C);
    pool.set(A, B);

    assertThat(pool.pickPeer(ownedByB)).isSameAs(before);
    assertThat(connected).containsExactly(B, C);
  }

  @Test
  void aPoolThatIsNotAmongItsPeersOwnsNothing() {
    HttpPool pool = pool(A);
    pool.set(B, C);

    assertThat(keys()).allSatisfy(key -> assertThat(pool.pickPeer(key)).isNotNull());
  }

  @Test
  void noPeersMakeItARingOfOneAgain() {
    HttpPool pool = pool(A);
    pool.set(B, C);
    pool.set();

    assertThat(keys()).allSatisfy(key -> assertThat(pool.pickPeer(key)).isNull());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a:8080",
        "ftp://a",
        "http://",
        "http:///x",
        "http://a:99999",
        "http://a:0",
        "http://user@a",
        "http://a?x",
        "http://a#x",
        "http://a b",
        "http://a:",
        "http://shop_1:8080",
        "http://10.0.0.256:8080",
        "http://b\u00fccher:8080",
        "http://a//",
        "http://a//b",
        "http://a/./b",
        "http://a/..",
        "http://a/%2e%2E/b",
        "http://a/b;c",
        "http://a/\u00e9",
      })
  void whatIsNoBaseUrlIsRefusedAndChangesNothing(String url) {
    HttpPool pool = pool(A);
    pool.set(A, B);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> pool.set(A, url))
        .withMessageContaining("'" + url + "' is no base URL of a peer: ");
    assertThat(pool.peers()).containsExactly(A, B);
  }

  @ParameterizedTest
  @CsvSource({
    "http://LOCALHOST:8080, http://localhost:8080",
    "http://a, http://a:80",
    "https://a:443/b, https://A/b",
    "http://a:08080, http://a:8080",
    "http://[::1]:8080, http://[0:0:0:0:0:0:0:1]:8080",
    "http://[2001:DB8::1], http://[2001:db8:0::0:1]:80",
  })
  void thisPeerIsFoundHoweverItIsSpeltAndHasTheNameThatIsListed(String self, String listed) {
    HttpPool pool = pool(self);
    pool.set(listed, B, C);
    HttpPool alike = pool(listed);
    alike.set(listed, B, C);

    assertThat(connected).doesNotContain(self, listed);
    assertThat(pool.self()).contains(listed);
    assertThat(pool.peers()).containsExactlyInAnyOrder(listed, B, C);
    assertThat(keys())
        .allSatisfy(key -> {
          assertThat(pool.owner(key)).isEqualTo(alike.owner(key));
          assertThat(pool.standIns(key).map(ProtoGetter::toString).toList())
              .isEqualTo(alike.standIns(key).map(ProtoGetter::toString).toList());
        });
    pool.leave();
    assertThat(pool.peers()).containsExactlyInAnyOrder(B, C);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a:8080, https://a:8080",
    "http://a:443, http://a",
    "http://localhost:8080, http://127.0.0.1:8080",
    "http://a/b, http://a/B",
  })
  void otherUrlsAreOtherPeers(String self, String other) {
    HttpPool pool = pool(self);
    pool.set(self, other);

    assertThat(pool.size()).isEqualTo(2);
    assertThat(connected).containsExactly(other);
  }

  @Test
  void onePeerInTwoSpellingsIsRefusedAndChangesNothing() {
    HttpPool pool = pool(A);
    pool.set(A, B);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> pool.set(A, B, C, "http://C:8080"))
        .withMessageContaining("'" + C + "' and 'http://C:8080' are the same peer");
    assertThat(pool.peers()).containsExactly(A, B);
  }

  @Test
  void theStandInsAreTheNextPeersOnTheRingUpToThisOne() {
    HttpPool pool = pool(A);
    pool.set(A, B, C);
    HttpPool withoutB = pool(A);
    withoutB.set(A, C);
    for (String key : keys()) {
      if (pool.owner(key).orElseThrow().equals(B)) {
        // The one that would own the key if B were not there: C, or this peer, which asks nobody.
        boolean next = withoutB.owner(key).orElseThrow().equals(C);
        assertThat(pool.standIns(key).map(ProtoGetter::toString).toList())
            .isEqualTo(next ? List.of(C) : List.of());
      }
    }
  }

  @Test
  void whoeverLeavesOwnsNothingAndAsksAsTheOthersWillOnceItIsGone() {
    HttpPool pool = pool(A);
    pool.set(A, B, C);
    HttpPool others = pool(B);
    others.set(B, C);

    pool.leave();

    assertThat(keys())
        .allSatisfy(key -> {
          assertThat(pool.pickPeer(key)).isNotNull();
          assertThat(pool.owner(key)).isEqualTo(others.owner(key));
        });
  }

  @Test
  void aRingThatIsSetMeanwhileIsLeftToo() {
    HttpPool pool = pool(A);
    pool.leave();
    pool.set(A, B);

    assertThat(pool.peers()).containsExactly(B);
  }

  @Test
  void whoeverComesBackOwnsWhatItOwned() {
    HttpPool pool = pool(A);
    pool.set(A, B, C);
    List<Optional<String>> before = keys().stream().map(pool::owner).toList();
    pool.leave();

    pool.join();

    assertThat(keys().stream().map(pool::owner).toList()).isEqualTo(before);
  }

  @Test
  void theLastPeerLeavesAndLoadsWhatIsStillWanted() {
    HttpPool pool = pool(A);
    pool.set(A);

    pool.leave();

    assertThat(pool.pickPeer("k")).isNull();
  }

  @Test
  void whoeverWantsToHearsOfEachChange() {
    HttpPool pool = pool(A);
    List<List<String>> seen = new ArrayList<>();
    pool.onChange(() -> seen.add(pool.peers()));

    pool.set(A, B);
    pool.leave();

    assertThat(seen).containsExactly(List.of(A, B), List.of(B));
  }

  private HttpPool pool(@Nullable String self) {
    return new HttpPool(
        self,
        50,
        HashFunction.crc32(),
        peer -> {
          connected.add(peer);
          return new NamedPeer(peer);
        });
  }

  private static List<String> keys() {
    return IntStream.range(0, 200).mapToObj(i -> "key-" + i).toList();
  }

  private record NamedPeer(String url) implements ProtoGetter {

    @Override
    public GetResponse get(GetContext context, GetRequest request) {
      return GetResponse.getDefaultInstance();
    }

    @Override
    public String toString() {
      return url;
    }
  }
}
