package io.groupcache.spring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keys of all kinds, and what Go's {@code url.QueryEscape} makes of each. */
public final class QueryEscapes {

  private QueryEscapes() {}

  /** Key to escaped key. */
  public static Map<String, String> load() {
    try (InputStream json = QueryEscapes.class.getResourceAsStream("/query-escape.json")) {
      return new JsonMapper().readValue(Objects.requireNonNull(json), new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
