package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.internal.cache.Found;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GetAllResultTests {

  private static final ByteView VALUE = ByteView.of("v");

  private final KeyNotFoundException none = new KeyNotFoundException("none");
  private final LoadException bad = new LoadException("disk", null);
  private final GetAllResult result = result(Map.of("none", none, "bad", bad), "z", "a", "m");

  @Test
  void itIsAMapOfTheValuesInTheirOrder() {
    assertThat(result.keySet()).containsExactly("z", "a", "m");
    assertThat(result).hasSize(3).isNotEmpty().containsEntry("a", VALUE);
    assertThat(result.containsKey("none")).isFalse();
    assertThat(result.containsKey("bad")).isFalse();
    assertThat(result.keySet().contains("bad")).isFalse();
    assertThat(result.containsValue(VALUE)).isTrue();
  }

  @Test
  void aGetOfWhatDoesNotExistOrWasNotAskedForIsNull() {
    assertThat(result.get("none")).isNull();
    assertThat(result.get("never asked for")).isNull();
    assertThat(result.get(null)).isNull();
  }

  @Test
  void aGetOfWhatCouldNotBeHadThrows() {
    assertThatThrownBy(() -> result.get("bad")).isSameAs(bad);
    assertThatThrownBy(() -> result.getOrDefault("bad", VALUE)).isSameAs(bad);
  }

  @Test
  void theFailuresAreByKey() {
    assertThat(result.failures()).containsOnly(Map.entry("none", none), Map.entry("bad", bad));
  }

  @Test
  void nothingOfItCanBeChanged() {
    assertThatThrownBy(() -> result.put("a", VALUE))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> result.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(result::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> result.keySet().remove("a"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> result.entrySet().iterator().next().setValue(VALUE))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> result.failures().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void itEqualsAMapOfTheSameValues() {
    Map<String, ByteView> same = Map.of("a", VALUE, "m", VALUE, "z", VALUE);

    assertThat(result.equals(same)).isTrue();
    assertThat(same.equals(result)).isTrue();
    assertThat(result).hasSameHashCodeAs(same);
    assertThat(result.equals(result(Map.of(), "a", "m", "z"))).isTrue();
    assertThat(result.equals(Map.of("a", VALUE))).isFalse();
  }

  @Test
  void toCompareTwoDoesNotThrowTheirFailures() {
    GetAllResult a = result(Map.of("b", bad), "a");
    GetAllResult b = result(Map.of("a", bad), "b");

    assertThat(a.equals(b)).isFalse();
    assertThat(b.equals(a)).isFalse();
  }

  private static GetAllResult result(Map<String, RuntimeException> failures, String... keys) {
    Map<String, GetResult> values = new LinkedHashMap<>();
    for (String key : keys) {
      values.put(key, new Found(VALUE, Source.LOAD));
    }
    return new GetAllResult(values, new LinkedHashMap<>(failures));
  }
}
