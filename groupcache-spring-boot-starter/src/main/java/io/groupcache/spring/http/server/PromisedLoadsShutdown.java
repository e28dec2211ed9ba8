package io.groupcache.spring.http.server;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Has the loads that peers were told of when this one began to stop come to their end, and be
 * fetched, before its server stops: they would else run once more elsewhere.
 */
public final class PromisedLoadsShutdown implements SmartLifecycle {

  /** After this peer has left its own ring, and before servers let nobody in any more. */
  private static final int PHASE = DEFAULT_PHASE - 1;

  private final PeerController controller;
  private final Duration timeout;
  private volatile boolean running;

  /** Makes a step of a shutdown that takes so long at most. */
  public PromisedLoadsShutdown(PeerController controller, Duration timeout) {
    this.controller = controller;
    this.timeout = timeout;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    controller.awaitPromisedLoads(timeout);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public boolean isPauseable() {
    return false;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
