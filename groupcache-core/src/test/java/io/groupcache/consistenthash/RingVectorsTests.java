package io.groupcache.consistenthash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Owners that the Go library computed: a ring may mix its peers and ours. */
class RingVectorsTests {

  record Vector(List<String> peers, int replicas, Map<String, String> owners) {}

  static List<Vector> vectors() throws IOException {
    try (InputStream in = RingVectorsTests.class.getResourceAsStream("/ring-crc32.json")) {
      return Arrays.asList(
          JsonMapper.shared().readValue(Objects.requireNonNull(in), Vector[].class));
    }
  }

  @Test
  void thereAreVectors() throws IOException {
    assertThat(vectors()).hasSize(4).allSatisfy(vector -> assertThat(vector.owners).hasSize(259));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyOwnerIsTheOneThatGoComputed(Vector vector) {
    ConsistentHash ring = new ConsistentHash(vector.replicas, HashFunction.crc32(), vector.peers);

    assertThat(vector.owners)
        .allSatisfy((key, owner) -> assertThat(ring.owner(key)).isEqualTo(owner));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theOrderOfListingDoesNotMatter(Vector vector) {
    Random random = new Random(1);
    for (int i = 0; i < 5; i++) {
      List<String> shuffled = new ArrayList<>(vector.peers);
      Collections.shuffle(shuffled, random);
      ConsistentHash ring = new ConsistentHash(vector.replicas, HashFunction.crc32(), shuffled);

      assertThat(vector.owners)
          .allSatisfy((key, owner) -> assertThat(ring.owner(key)).isEqualTo(owner));
    }
  }
}
