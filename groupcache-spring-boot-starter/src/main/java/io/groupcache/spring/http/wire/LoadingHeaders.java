package io.groupcache.spring.http.wire;

import org.jspecify.annotations.Nullable;

/** The headers by which a GET of one key can be answered before its value is there. */
public final class LoadingHeaders {

  /** Of a request: which process asks; it knows how to wait for a load that it is told of. */
  public static final String ASKER = "Groupcache-Asker";

  /** Of a question of a process that was started a moment ago: its base URL. */
  public static final String ASKER_URL = "Groupcache-Asker-Url";

  /** Of an answer of status 504: the load that brings the value, and whose it is. */
  public static final String LOADING = "Groupcache-Loading";

  private LoadingHeaders() {}

  /** The value of {@link #LOADING}. */
  public static String write(ProcessId process, long id) {
    return process + "-" + Long.toUnsignedString(id, 16);
  }

  /** What such a value names; null where it names nothing. */
  public static KeyAnswer.@Nullable Loading read(@Nullable String value) {
    int dash = value == null ? -1 : value.indexOf('-');
    if (value == null || dash < 0) {
      return null;
    }
    try {
      return new KeyAnswer.Loading(
          Long.parseUnsignedLong(value.substring(0, dash), 16),
          Long.parseUnsignedLong(value.substring(dash + 1), 16));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
