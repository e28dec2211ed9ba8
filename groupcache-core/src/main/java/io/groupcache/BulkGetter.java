package io.groupcache;

import java.util.Map;

/**
 * A {@link Getter} that can load many keys in one go: with one SQL {@code IN}, say. {@link
 * Group#getAll} has it load those of its keys that this peer owns and nobody is loading, and so do
 * the other peers. What holds for a getter holds for it.
 */
@FunctionalInterface
public interface BulkGetter extends Getter {

  /**
   * Loads the values of the keys of {@code dests} into their sinks. A key whose sink is given none
   * does not exist: its callers get a {@link KeyNotFoundException}.
   *
   * @param context the deadline and the attributes of the get that started this load
   * @param dests the keys, one or more, and for each what takes its value; immutable
   * @throws Exception when the load fails, for all of these keys; so does what a sink throws whose
   *     value is too long, unless this method catches it; a {@link KeyNotFoundException} is that of
   *     its key only, and to the others a failure like any
   */
  void getAll(GetContext context, Map<String, Sink> dests) throws Exception;

  @Override
  default void get(GetContext context, String key, Sink dest) throws Exception {
    getAll(context, Map.of(key, dest));
  }
}
