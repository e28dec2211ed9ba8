package io.groupcache.singleflight;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Flights that have landed, and those who wait for them and are to be told together: who waits for
 * several would else wake for one, and be about to sleep again when the next comes. Whatever
 * happens, {@link #tell} has to be called in the end. For one thread.
 */
public final class Arrivals {

  /** Of a capacity that is told: else it makes no room when it is first asked to. */
  private final ArrayList<@Nullable Waiter> untold = new ArrayList<>(0);

  /** Lands a flight with a result, which all callers get: those who wait already, once told. */
  public <V> void add(Flight<?, V> flight, V result) {
    untold.ensureCapacity(untold.size() + 1); // no want of memory may come between
    untold.add(flight.succeedUntold(result));
  }

  /** How many flights have landed of which nobody has been told. */
  public int size() {
    return untold.size();
  }

  /** Tells all who wait; nobody twice, even when it is called again after an Error. */
  public void tell() {
    for (int i = 0; i < untold.size(); i++) {
      Waiter.tell(untold.set(i, null));
    }
    untold.clear();
  }
}
