package io.groupcache.spring.typed.view;

import io.groupcache.spring.http.wire.LogText;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Counts values that can't be read, and says so once for each group. Safe for use from many
 * threads.
 */
public final class DecodeErrors {

  private static final Log log = LogFactory.getLog(DecodeErrors.class);

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  /** Makes one that has counted nothing. */
  public DecodeErrors() {}

  /** How many values of a group could not be read. */
  public long count(String group) {
    LongAdder count = counts.get(group);
    return count == null ? 0 : count.sum();
  }

  /**
   * Counts one.
   *
   * @param type what it was to be read as
   * @param instead what is done about it, in a sentence
   */
  void add(String group, String type, RuntimeException reason, String instead) {
    LongAdder count = new LongAdder();
    LongAdder known = counts.putIfAbsent(group, count);
    if (known == null) {
      log.warn(
          "A value of the group '"
              + group
              + "' can't be read as "
              + type
              + " ("
              + LogText.oneLine(String.valueOf(reason))
              + "). "
              + instead
              + " It may be of another release of the application. The meter"
              + " groupcache.decode.errors counts such values; nothing more is said of this group.");
    }
    (known == null ? count : known).increment();
  }
}
