package io.groupcache.spring.http.server.port;

import io.groupcache.spring.http.server.PeerController;
import io.groupcache.spring.http.wire.SharedSecret;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * A port on which peers are answered, and nobody else: a server beside the application's own, if it
 * has one. Once it runs, the property {@value #PROPERTY} is its number.
 */
public final class PeerPort implements SmartLifecycle, DisposableBean {

  /** The property with its number. */
  public static final String PROPERTY = "local.groupcache.port";

  private static final Log log = LogFactory.getLog(PeerPort.class);

  private static final long IDLE_POLL_MILLIS = 20;

  private final @Nullable PeerPortSettings settings;
  private final PeerController controller;
  private final SharedSecret secret;
  private final ConfigurableEnvironment environment;
  private final @Nullable SslBundles bundles;
  private volatile @Nullable PeerTomcat tomcat;

  /**
   * Makes a port that is closed.
   *
   * @param settings what it is like; null for one that stays closed
   * @param controller answers the peers
   * @param secret has to come with every request
   * @param environment is told the port
   * @param bundles has the SSL bundle that the settings name; null when they name none
   */
  public PeerPort(
      @Nullable PeerPortSettings settings,
      PeerController controller,
      SharedSecret secret,
      ConfigurableEnvironment environment,
      @Nullable SslBundles bundles) {
    this.settings = settings;
    this.controller = controller;
    this.secret = secret;
    this.environment = environment;
    this.bundles = bundles;
    if (settings != null && settings.bundle() != null && bundles != null) {
      bundles.addBundleUpdateHandler(settings.bundle(), this::update);
    }
  }

  private void update(SslBundle bundle) {
    PeerTomcat running = tomcat;
    if (running != null) {
      running.use(bundle);
    }
  }

  @Override
  public void start() {
    if (settings != null) {
      String bundle = settings.bundle();
      PeerTomcat started =
          new PeerTomcat(
              settings,
              new PeerServlet(controller, settings.prefix()),
              secret,
              bundle == null || bundles == null ? null : bundles.getBundle(bundle));
      int port = started.start();
      tomcat = started;
      publish(port);
      log.info("Peers are answered on port " + port + (bundle == null ? " (http)" : " (https)"));
    }
  }

  /** As Boot publishes the other ports: on top of what is configured. */
  @SuppressWarnings("unchecked")
  private void publish(int port) {
    MutablePropertySources sources = environment.getPropertySources();
    PropertySource<?> ports = sources.get("server.ports");
    if (ports == null) {
      ports = new MapPropertySource("server.ports", new HashMap<>());
      sources.addFirst(ports);
    }
    ((Map<String, Object>) ports.getSource()).put(PROPERTY, port);
  }

  /** Finishes what is under way while other servers of the application do so, too. */
  @Override
  public void stop(Runnable callback) {
    Thread shutdown =
        new Thread(
            () -> {
              try {
                stop();
              } finally {
                callback.run();
              }
            },
            "groupcache-shutdown");
    shutdown.start();
  }

  @Override
  public void stop() {
    PeerTomcat running = tomcat;
    if (running != null) {
      running.pause();
      awaitIdle(running);
      destroy();
    }
  }

  private void awaitIdle(PeerTomcat running) {
    long deadline = settings == null ? 0 : System.nanoTime() + settings.shutdownTimeout().toNanos();
    try {
      while (!running.isIdle() && tomcat == running && System.nanoTime() - deadline < 0) {
        TimeUnit.MILLISECONDS.sleep(IDLE_POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes it at once. */
  @Override
  public synchronized void destroy() {
    PeerTomcat running = tomcat;
    tomcat = null;
    if (running != null) {
      running.stop();
    }
  }

  @Override
  public boolean isRunning() {
    return tomcat != null;
  }

  /** A peer that is on the others' rings has to answer them, whatever its tests do meanwhile. */
  @Override
  public boolean isPauseable() {
    return false;
  }

  /** Opened and closed with the application's own server. */
  @Override
  public int getPhase() {
    return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
  }
}
