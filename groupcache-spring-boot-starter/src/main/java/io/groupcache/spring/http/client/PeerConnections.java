package io.groupcache.spring.http.client;

import io.groupcache.ProtoGetter;
import io.groupcache.spring.http.PeerRestClientCustomizer;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import io.groupcache.spring.load.IdleThreads;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * The pooled HTTP connections to all peers. Those that no request uses are closed when the
 * application context is stopped; peers can still be asked then. Safe for use from many threads.
 */
public final class PeerConnections
    implements Function<String, ProtoGetter>, SmartLifecycle, AutoCloseable {

  /** A pulse does not wait for a message about changes, nor that for a pulse. */
  private static final int MAX_EXCHANGES = 2;

  private final PeerConnectionSettings settings;
  private final PeerHttp questions;
  private final PeerHttp exchanges;
  private final ProcessId self;
  private final ExecutorService waitThreads = IdleThreads.newPool("groupcache-wait-");
  private volatile boolean running;

  /**
   * Makes a pool with no connection yet.
   *
   * @param settings how peers are connected to
   * @param secret is sent with every request
   * @param tls the TLS of connections to peers; null for what the JVM trusts, and no certificate
   * @param customizers are applied in their order
   * @param self names this process to the peers
   */
  public PeerConnections(
      PeerConnectionSettings settings,
      SharedSecret secret,
      @Nullable PeerTls tls,
      List<PeerRestClientCustomizer> customizers,
      ProcessId self) {
    this.self = self;
    this.settings = settings;
    this.questions = new PeerHttp(settings, secret, tls, customizers);
    this.exchanges =
        new PeerHttp(settings.withConnectionsPerPeer(MAX_EXCHANGES), secret, tls, customizers);
  }

  /** The way to the peer of that base URL. */
  @Override
  public ProtoGetter apply(String peer) {
    PeerRequests requests =
        new PeerRequests(
            questions.restClient(), peer, settings.basePath(), settings.maxResponseBytes(), self);
    return new RestClientProtoGetter(
        new PeerBreaker(peer, requests),
        new LoadWaits(requests, waitThreads),
        new PeerExchanges(exchanges.restClient(), peer, settings.basePath(), self),
        settings.readTimeout().toNanos());
  }

  @Override
  public void start() {
    running = true;
  }

  /** Closes the connections that no request uses. */
  @Override
  public void stop() {
    questions.closeIdle();
    exchanges.closeIdle();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stops last: until the server has stopped, its requests need peers. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }

  /** Finds out whether {@code process} answers by that base URL, asking as others are asked. */
  public SelfCheck selfCheck(String peer, ProcessId process) {
    return new SelfCheck(questions.restClient(), URI.create(peer + settings.basePath()), process);
  }

  /** Closes all connections at once; requests that are under way fail. */
  @Override
  public void close() {
    questions.close();
    exchanges.close();
    waitThreads.shutdown();
  }
}
