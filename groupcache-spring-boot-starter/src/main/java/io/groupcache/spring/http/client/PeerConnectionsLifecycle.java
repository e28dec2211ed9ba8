package io.groupcache.spring.http.client;

import org.springframework.context.SmartLifecycle;

/**
 * Closes the idle connections to peers when the application has stopped, or pauses, and its server
 * no longer needs them to answer: a process that is to be frozen must hold none. They are opened
 * again when they are needed.
 */
public final class PeerConnectionsLifecycle implements SmartLifecycle {

  private final PeerConnections connections;
  private volatile boolean running;

  /** Makes the last step of a stop. */
  public PeerConnectionsLifecycle(PeerConnections connections) {
    this.connections = connections;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    connections.closeIdle();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stops after all else. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }
}
