package io.groupcache.benchmarks.ring;

import com.sun.management.OperatingSystemMXBean;
import io.groupcache.benchmarks.load.Load;
import io.groupcache.benchmarks.load.Load.Measured;
import io.groupcache.benchmarks.report.Median;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Something that callers do over and over, and what it takes, round by round. */
final class Repeated<K> {

  private final int callers;
  private final List<K> keys;
  private final Consumer<K> call;
  private final List<Round> rounds = new ArrayList<>();

  /** So many callers do that to the keys. */
  Repeated(int callers, List<K> keys, Consumer<K> call) {
    this.callers = callers;
    this.keys = keys;
    this.call = call;
  }

  int callers() {
    return callers;
  }

  /** Does it for that long, for nothing. */
  void warmUp(Duration length) throws InterruptedException, ExecutionException {
    load(length);
  }

  /** Does it for that long, which is measured. */
  void round(Duration length) throws InterruptedException, ExecutionException {
    load(length.dividedBy(10)); // finds its stride again
    long before = cpu();
    Measured measured = load(length);
    double calls = measured.latencies().getTotalCount();
    rounds.add(new Round(measured, (cpu() - before) / 1e3 / calls));
  }

  double perSecond() {
    return median(round -> round.measured.perSecond());
  }

  /** The latency that so many per cent of the calls keep within. */
  double millis(double percentile) {
    return median(round -> round.measured.millis(percentile));
  }

  /** Microseconds of CPU time that the process has for a call. */
  double cpuMicros() {
    return median(Round::cpuMicros);
  }

  /** Nanoseconds of CPU time that this process has had so far. */
  static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private Measured load(Duration length) throws InterruptedException, ExecutionException {
    return new Load(callers, length.toNanos()).run(keys, call);
  }

  private double median(ToDoubleFunction<Round> figure) {
    return Median.of(rounds.stream().mapToDouble(figure));
  }

  private record Round(Measured measured, double cpuMicros) {}
}
