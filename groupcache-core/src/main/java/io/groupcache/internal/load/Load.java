package io.groupcache.internal.load;

import io.groupcache.GetResult;
import io.groupcache.singleflight.Flight;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of a getter, for one key or for several, that may have to wait before it runs. */
final class Load {

  /** How long it is wanted though nobody waits: whoever asks from afar does so again and again. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final List<Flight<String, GetResult>> flights;
  private final Consumer<List<Flight<String, GetResult>>> call;

  private final long createdAt = System.nanoTime();

  /** The thread that wants it. */
  final Thread creator = Thread.currentThread();

  /** What it was taken from to run; guarded by the queue's lock. */
  LoadQueue.@Nullable Batch batch;

  /** Makes a load that has {@code call} land those flights that have not been begun by then. */
  Load(List<Flight<String, GetResult>> flights, Consumer<List<Flight<String, GetResult>>> call) {
    this.flights = flights;
    this.call = call;
  }

  /** Whether there is something to load that somebody waits for. */
  boolean isWanted() {
    boolean fresh = System.nanoTime() - createdAt < PATIENCE_NANOS;
    for (Flight<String, GetResult> flight : flights) {
      if (flight.isNew() && (fresh || flight.isWanted())) {
        return true;
      }
    }
    return false;
  }

  void run() {
    List<Flight<String, GetResult>> mine = begin();
    if (!mine.isEmpty()) {
      call.accept(mine);
    }
  }

  /** Ends what nobody waits for; whoever has come at the last moment has it loaded after all. */
  void drop() {
    IllegalStateException reason =
        new IllegalStateException("Nobody waited for it when its turn came");
    begin().forEach(flight -> flight.abandon(reason));
  }

  void fail(Throwable failure) {
    begin().forEach(flight -> flight.fail(failure));
  }

  private List<Flight<String, GetResult>> begin() {
    List<Flight<String, GetResult>> mine = new ArrayList<>(flights.size());
    for (Flight<String, GetResult> flight : flights) {
      if (flight.begin()) {
        mine.add(flight);
      }
    }
    return mine;
  }
}
