package io.groupcache;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuarantee;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * Calls that threads make of one thing at the same time must give what the same calls give when
 * they are made one after the other, in an order that the threads allow. The steps of the threads
 * are tried in many orders, few changes of the thread first; a thread that waits for ever is found
 * as well.
 *
 * <p>A scenario has calls before the threads begin and after they have ended, too: the last should
 * look at all that has been left. It searches a little in each build, and far with {@code
 * -Dproofs=long}.
 */
public final class Proof {

  private static final ManagedStrategyGuarantee MAPS_OF_THE_JDK =
      ManagedStrategyGuaranteeKt.forClasses(ConcurrentHashMap.class.getName())
          .allMethods()
          .treatAsAtomic();

  private final Class<?> subject;
  private final List<Actor> before = new ArrayList<>();
  private final List<List<Actor>> threads = new ArrayList<>();
  private final List<Actor> after = new ArrayList<>();

  /** Begins one about a class with public methods, no two of the same name; made anew each time. */
  public Proof(Class<?> subject) {
    this.subject = subject;
  }

  /** How much to do: the first in each build, the second with {@code -Dproofs=long}. */
  public static int bound(int usual, int far) {
    return "long".equals(System.getProperty("proofs")) ? far : usual;
  }

  /** A call for one of the methods below. */
  public Actor call(String method, Object... arguments) {
    Method found =
        Arrays.stream(subject.getMethods())
            .filter(each -> each.getName().equals(method))
            .findAny()
            .orElseThrow();
    return new Actor(found, List.of(arguments));
  }

  /** A thread that makes calls at random. */
  public Proof randomThread(SplittableRandom random, int calls, Function<Proof, List<Actor>> any) {
    List<Actor> thread = new ArrayList<>();
    List<Actor> choice = any.apply(this);
    for (int i = 0; i < calls; i++) {
      thread.add(choice.get(random.nextInt(choice.size())));
    }
    threads.add(thread);
    return this;
  }

  /** Makes a call before the threads begin. */
  public Proof before(String method, Object... arguments) {
    before.add(call(method, arguments));
    return this;
  }

  /** Has one more thread make these calls. */
  public Proof thread(Actor... calls) {
    threads.add(List.of(calls));
    return this;
  }

  /** Makes a call when the threads have ended. */
  public Proof after(String method, Object... arguments) {
    after.add(call(method, arguments));
    return this;
  }

  /** Fails with the steps that led there where an answer is one that no order of calls gives. */
  public void check() {
    check(bound(100, 1_000));
  }

  /** Does the same with so many orders of the threads' steps. */
  public void check(int orders) {
    new ModelCheckingOptions()
        .addCustomScenario(new ExecutionScenario(before, threads, after, null))
        .iterations(0)
        .invocationsPerIteration(orders)
        .recursionBound(200) // a single flight goes deep, to see whether it can
        // All threads have the same hash here, and a walk along a bin would be taken for waiting.
        .addGuarantee(MAPS_OF_THE_JDK)
        .check(subject);
  }
}
