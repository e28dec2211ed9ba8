package io.groupcache.consistenthash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConsistentHashTests {

  /** A key's hash is the number that it is, so peer 6 has the points 6, 16 and 26. */
  private static final HashFunction NUMBER =
      bytes -> Integer.parseUnsignedInt(new String(bytes, StandardCharsets.UTF_8));

  @Test
  void theOwnerIsThePeerOfTheNextPoint() {
    ConsistentHash ring = ring(NUMBER, "6", "4", "2");

    assertOwners(ring, "2", "2", "11", "2", "23", "4", "27", "2");
  }

  @Test
  void aPeerMoreTakesItsKeys() {
    ConsistentHash ring = ring(NUMBER, "6", "4", "2", "8");

    assertOwners(ring, "2", "2", "11", "2", "23", "4", "27", "8");
  }

  @Test
  void theNextOwnersAreThoseOfTheRingWithoutTheOnesBefore() {
    List<String> peers = List.of("http://a", "http://b", "http://c", "http://d");
    ConsistentHash ring = new ConsistentHash(50, HashFunction.crc32(), peers);

    for (int key = 0; key < 500; key++) {
      List<String> left = new ArrayList<>(peers);
      for (String owner : ring.owners("k" + key).toList()) {
        assertThat(new ConsistentHash(50, HashFunction.crc32(), left).owner("k" + key))
            .isEqualTo(owner);
        left.remove(owner);
      }
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aRingWithoutPeersHasNoOwners() {
    assertThat(ring(NUMBER).owners("1")).isEmpty();
  }

  @Test
  void theOrderOfListingDoesNotMatter() {
    List<ConsistentHash> rings = new ArrayList<>();
    for (List<String> order : permutations(List.of("6", "4", "2", "8"))) {
      rings.add(new ConsistentHash(3, NUMBER, order));
    }

    assertThat(rings).hasSize(24);
    for (int key = 0; key < 40; key++) {
      Set<String> owners = new TreeSet<>();
      for (ConsistentHash ring : rings) {
        owners.add(ring.owner(String.valueOf(key)));
      }
      assertThat(owners).as("owners of " + key).hasSize(1);
    }
  }

  @Test
  void peersThatShareAPointAgreeWithGoForPeersInSortedOrder() {
    // All points of all peers are 0, 1 and 2; in Go the peer added last has them.
    HashFunction replicaOnly = bytes -> bytes[0] - '0';

    for (List<String> order : permutations(List.of("a", "b", "c"))) {
      ConsistentHash ring = new ConsistentHash(3, replicaOnly, order);
      assertOwners(ring, "0", "c", "1", "c", "2", "c", "9", "c");
    }
  }

  @Test
  void peersThatShareSomePointsKeepTheOthers() {
    // Peer 1 has the points 1 and 11, peer 01 has 1 and 101: they share the first.
    for (List<String> order : permutations(List.of("1", "01"))) {
      ConsistentHash ring = new ConsistentHash(2, NUMBER, order);
      assertOwners(ring, "0", "1", "1", "1", "2", "1", "11", "1", "12", "01", "102", "1");
    }
  }

  @Test
  void pointsAreUnsigned() {
    HashFunction halves =
        bytes ->
            switch (new String(bytes, StandardCharsets.UTF_8)) {
              case "0low" -> 0x10;
              case "0high" -> 0xF0000000;
              case "below the high" -> 0x7FFFFFFF;
              case "at the high" -> 0xF0000000;
              case "above the high" -> 0xF0000001;
              case "the highest" -> 0xFFFFFFFF;
              default -> 0;
            };
    ConsistentHash ring = new ConsistentHash(1, halves, List.of("low", "high"));

    assertOwners(
        ring,
        "zero",
        "low",
        "below the high",
        "high",
        "at the high",
        "high",
        "above the high",
        "low",
        "the highest",
        "low");
  }

  @Test
  void aPeerListedTwiceCountsOnce() {
    ConsistentHash ring = ring(NUMBER, "6", "4", "6");

    assertThat(ring.peers()).containsExactly("4", "6");
    assertThatThrownBy(() -> ring.peers().add("8"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aRingDoesNotChangeWithTheListItWasMadeOf() {
    List<String> peers = new ArrayList<>(List.of("6", "4"));
    ConsistentHash ring = new ConsistentHash(3, NUMBER, peers);

    peers.add("2");

    assertThat(ring.peers()).containsExactly("4", "6");
    assertThat(ring.owner("1")).isEqualTo("4");
  }

  @Test
  void aPeerThatGoesLosesItsKeysAndNobodyElseAny() {
    List<String> all = List.of("http://a:8080", "http://b:8080", "http://c:8080", "http://d:8080");
    ConsistentHash before = new ConsistentHash(50, HashFunction.crc32(), all);
    ConsistentHash after = new ConsistentHash(50, HashFunction.crc32(), all.subList(0, 3));

    int moved = 0;
    for (int i = 0; i < 1000; i++) {
      String key = "key-" + i;
      if (before.owner(key).equals("http://d:8080")) {
        moved++;
      } else {
        assertThat(after.owner(key)).isEqualTo(before.owner(key));
      }
    }
    assertThat(moved).isPositive();
  }

  @Test
  void keysThatDifferInTheirLastDigitsAreSpread() {
    ConsistentHash ring =
        new ConsistentHash(
            50, HashFunction.crc32(), List.of("http://a:8080", "http://b:8080", "http://c:8080"));

    Set<String> owners = new TreeSet<>();
    for (int i = 100; i < 200; i++) {
      owners.add(ring.owner("user:" + i));
    }

    assertThat(owners).hasSize(3);
  }

  @Test
  void aRingOfNobodyHasNoOwners() {
    ConsistentHash ring = ring(NUMBER);

    assertThat(ring.peers()).isEmpty();
    assertThatThrownBy(() -> ring.owner("1"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("'1'");
  }

  @Test
  void aPeerNeedsAReplica() {
    assertThatThrownBy(() -> new ConsistentHash(0, NUMBER, List.of("1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("replica");
  }

  @Test
  void crc32IsTheIeeeOne() {
    byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);

    assertThat(HashFunction.crc32().hash(check)).isEqualTo(0xCBF43926);
    assertThat(HashFunction.crc32().hash(new byte[0])).isZero();
  }

  @Test
  void crc32OfTextIsThatOfItsUtf8Bytes() {
    StringBuilder ascii = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      assertHashedAsBytes(ascii.toString());
      assertHashedAsBytes(ascii + "\u00e9");
      assertHashedAsBytes("\u4f60" + ascii);
      assertHashedAsBytes(ascii + "\ud83d\ude00" + ascii);
      ascii.append((char) (i * 31 % 128));
    }
  }

  @Test
  void aRingWhoseHashCrowdsAllIntoAFewPlacesHasTheOwnersOfTheNextPoints() {
    // Peers a to d have the points 0 to 49 each, in turns: 4 * i, 4 * i + 1, and so on.
    HashFunction crowded =
        bytes -> {
          String text = new String(bytes, StandardCharsets.UTF_8);
          int last = text.length() - 1;
          return Character.isDigit(text.charAt(last))
              ? Integer.parseInt(text)
              : 4 * Integer.parseInt(text.substring(0, last)) + text.charAt(last) - 'a';
        };
    ConsistentHash ring = new ConsistentHash(50, crowded, List.of("a", "b", "c", "d"));

    for (int key = 0; key < 200; key++) {
      assertThat(ring.owner(String.valueOf(key))).isEqualTo(String.valueOf("abcd".charAt(key % 4)));
    }
    assertOwners(ring, "200", "a", "2000000000", "a");
  }

  private static void assertHashedAsBytes(String text) {
    HashFunction crc32 = HashFunction.crc32();
    assertThat(crc32.hash(text)).isEqualTo(crc32.hash(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static ConsistentHash ring(HashFunction hash, String... peers) {
    return new ConsistentHash(3, hash, Arrays.asList(peers));
  }

  private static void assertOwners(ConsistentHash ring, String... keysAndOwners) {
    for (int i = 0; i < keysAndOwners.length; i += 2) {
      assertThat(ring.owner(keysAndOwners[i]))
          .as("owner of " + keysAndOwners[i])
          .isEqualTo(keysAndOwners[i + 1]);
    }
  }

  private static List<List<String>> permutations(List<String> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    List<List<String>> all = new ArrayList<>();
    for (String first : of) {
      List<String> rest = new ArrayList<>(of);
      rest.remove(first);
      for (List<String> tail : permutations(rest)) {
        List<String> one = new ArrayList<>(List.of(first));
        one.addAll(tail);
        all.add(one);
      }
    }
    return all;
  }
}
