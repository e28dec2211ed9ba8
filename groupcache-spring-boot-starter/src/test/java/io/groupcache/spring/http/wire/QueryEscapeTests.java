package io.groupcache.spring.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.QueryEscapes;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueryEscapeTests {

  private static final Map<String, String> GO = QueryEscapes.load();

  @Test
  void whatGoEscapesIsReadAsTheKey() {
    assertThat(GO).hasSizeGreaterThan(200);
    GO.forEach((key, escaped) -> {
      assertThat(PeerPath.parse("tiles/" + escaped)).isEqualTo(new PeerPath("tiles", key));
      assertThat(PeerPath.parse(escaped + "/" + escaped)).isEqualTo(new PeerPath(key, key));
    });
  }

  @Test
  void whatIsSentIsReadBack() {
    for (String key : keys()) {
      PeerPath path = new PeerPath("tiles", key);
      assertThat(PeerPath.parse(path.encoded())).isEqualTo(path);
      PeerPath swapped = new PeerPath(key, "3/4/5");
      assertThat(PeerPath.parse(swapped.encoded())).isEqualTo(swapped);
    }
  }

  /** Go decodes %XX and takes '+' as it is, so these differ from what Go itself would send. */
  @Test
  void goReadsWhatIsSent() {
    GO.forEach((key, escaped) -> {
      String expected =
          key.equals(".") || key.equals("..")
              ? escaped.replace(".", "%2E")
              : escaped.replace("+", "%20");
      assertThat(new PeerPath("tiles", key).encoded()).isEqualTo("tiles/" + expected);
    });
  }

  @Test
  void onlyUnreservedCharactersAreSentUnescaped() {
    for (String key : keys()) {
      assertThat(new PeerPath(key, key).encoded())
          .matches("(?:[A-Za-z0-9_.~-]|%[0-9A-F]{2})*/(?:[A-Za-z0-9_.~-]|%[0-9A-F]{2})*")
          .doesNotMatch("\\.{1,2}/.*|.*/\\.{1,2}");
    }
  }

  private static Set<String> keys() {
    Set<String> keys = new TreeSet<>(GO.keySet());
    keys.addAll(
        Set.of("", ".", "..", "...", "/", "//", "./", "/.", "a/../b", "%", "%%", "%2", "%2e"));
    keys.addAll(Set.of("+", " ", " + ", "\0", "é", "e\u0301", "日本", "😀", "\uFFFD", "\uFEFF"));
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      keys.add(randomKey(random));
    }
    return keys;
  }

  private static String randomKey(Random random) {
    int[] limits = {0x80, 0x800, 0x11_0000};
    return random
        .ints(random.nextInt(20), 0, limits.length)
        .map(limit -> random.nextInt(limits[limit]))
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
