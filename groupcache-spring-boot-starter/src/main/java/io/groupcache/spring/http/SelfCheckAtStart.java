package io.groupcache.spring.http;

import io.groupcache.spring.http.client.SelfCheck;
import io.groupcache.spring.http.client.SelfCheck.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Says once, after the start, that the others can't reach this peer by its base URL, or that it is
 * among the peers under a second name. It checks in a thread of its own, so that the start does not
 * wait for it. The base URL may rightly name another port and path than the server's, such as a
 * proxy's, so only a request can tell.
 */
public final class SelfCheckAtStart
    implements ApplicationListener<ApplicationReadyEvent>, DisposableBean {

  private static final Log log = LogFactory.getLog(SelfCheckAtStart.class);

  /** A proxy may need a while to hear that this application is ready. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(8));

  private final HttpPool pool;
  private final Function<String, SelfCheck> checks;
  private final Supplier<String> answeredAt;
  private final List<Duration> pauses;
  private final Thread thread = new Thread(this::run, "groupcache-self-check");
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * Makes a check that is yet to start.
   *
   * @param pool knows this peer's base URL, and whether there are others
   * @param checks gives the check that asks by a base URL
   * @param answeredAt tells people where peers are answered
   */
  public SelfCheckAtStart(
      HttpPool pool, Function<String, SelfCheck> checks, Supplier<String> answeredAt) {
    this(pool, checks, answeredAt, PAUSES);
  }

  /** One that waits for other times before it asks again. */
  SelfCheckAtStart(
      HttpPool pool,
      Function<String, SelfCheck> checks,
      Supplier<String> answeredAt,
      List<Duration> pauses) {
    this.pool = pool;
    this.checks = checks;
    this.answeredAt = answeredAt;
    this.pauses = pauses;
    thread.setDaemon(true);
  }

  /** Starts the check, where there are others that may ask this peer. */
  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    start();
  }

  void start() {
    if (pool.size() > 1 && started.compareAndSet(false, true)) {
      thread.start();
    }
  }

  @Override
  public void destroy() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    @Nullable String self = pool.self().orElse(null);
    if (self == null) {
      return;
    }
    try {
      checkSelf(self, checks.apply(self));
    } catch (InterruptedException e) { // the application stops
      Thread.currentThread().interrupt();
    }
  }

  private void checkSelf(String self, SelfCheck check) throws InterruptedException {
    Optional<Problem> problem = check.findProblem();
    for (Duration pause : pauses) {
      if (problem.filter(Problem::mayPass).isPresent()) {
        Thread.sleep(pause.toMillis());
        problem = check.findProblem();
      }
    }
    if (!closed) {
      report(self, problem);
    }
  }

  private void report(String self, Optional<Problem> problem) {
    if (problem.isEmpty()) {
      log.debug("This peer reaches itself by " + self);
      return;
    }
    log.warn(
        "Peers can't reach this one by groupcache.self="
            + self
            + ": "
            + problem.get().description()
            + ". Until they do, they load what it owns themselves. It answers them on "
            + answeredAt.get());
  }
}
