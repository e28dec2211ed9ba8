package io.groupcache.spring.http.server.port;

import io.groupcache.spring.http.server.tomcat.EncodedSlashes;
import io.groupcache.spring.http.server.tomcat.PlainRefusalValve;
import io.groupcache.spring.http.server.tomcat.WriteBuffer;
import io.groupcache.spring.http.wire.SharedSecret;
import jakarta.servlet.Servlet;
import java.io.File;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardEngine;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.core.StandardServer;
import org.apache.catalina.core.StandardService;
import org.apache.catalina.core.StandardWrapper;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Tomcat.FixContextListener;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.util.ClassUtils;

/**
 * A Tomcat with one connector and one servlet. It is put together by hand: {@code Tomcat} sets
 * system properties that a Tomcat around the application needs, and writes to the disk.
 */
final class PeerTomcat {

  private final PeerPortSettings settings;
  private final StandardServer server = new StandardServer();
  private final Http11NioProtocol protocol = new Http11NioProtocol();
  private final Connector connector = new Connector(protocol);
  private final StandardContext context = new StandardContext();
  private final StandardWrapper wrapper = new StandardWrapper();

  /**
   * Makes a server that does not run yet.
   *
   * @param settings what its port is like
   * @param servlet answers all requests below the base path
   * @param secret is asked for before Tomcat says why it refuses one of them
   * @param bundle the port's certificate; null for plain HTTP
   */
  PeerTomcat(
      PeerPortSettings settings, Servlet servlet, SharedSecret secret, @Nullable SslBundle bundle) {
    this.settings = settings;
    configureConnector();
    if (bundle != null) {
      protocol.setSSLEnabled(true);
      connector.setScheme("https");
      connector.setSecure(true);
      use(bundle);
    }
    configureContext(servlet);
    StandardHost host = new StandardHost();
    host.setName("localhost");
    host.setErrorReportValveClass("");
    host.addChild(context);
    StandardEngine engine = new StandardEngine();
    engine.setName("groupcache");
    engine.setDefaultHost(host.getName());
    String path = settings.prefix() + settings.basePath();
    engine.getPipeline().addValve(new PeerPortRefusals(path));
    engine.getPipeline().addValve(new PlainRefusalValve(path, secret));
    engine.addChild(host);
    StandardService service = new StandardService();
    service.setName("groupcache");
    service.setContainer(engine);
    service.addConnector(connector);
    server.setPort(-1);
    server.setUtilityThreadsAsDaemon(true);
    server.setCatalinaBase(temporaryDirectory());
    server.setCatalinaHome(temporaryDirectory());
    server.addService(service);
  }

  private void configureConnector() {
    connector.setPort(settings.port());
    connector.setThrowOnFailure(true);
    connector.setProperty("bindOnInit", "false"); // else it can't be closed before it is stopped
    EncodedSlashes.passThrough(connector);
    WriteBuffer.use(connector, settings.writeBufferBytes());
    connector.setProperty("socket.directBuffer", "true"); // else the JDK makes another copy
    if (settings.address() != null) {
      protocol.setAddress(settings.address());
    }
    protocol.setMaxHttpRequestHeaderSize(settings.maxRequestHeaderBytes());
    protocol.setMaxKeepAliveRequests(settings.maxKeepAliveRequests());
    if (settings.virtualThreads()) {
      protocol.setExecutor(new VirtualThreadExecutor("groupcache-handler-"));
    } else {
      protocol.setMaxThreads(settings.maxThreads());
    }
  }

  private void configureContext(Servlet servlet) {
    context.setPath("");
    context.setWorkDir(temporaryDirectory().getPath()); // it is there, and nothing is written
    context.setUseNaming(false);
    context.setLoader(new ApplicationLoader());
    StandardManager sessions = new StandardManager();
    sessions.setPathname(null); // which would else be written to the disk
    context.setManager(sessions);
    context.addLifecycleListener(new FixContextListener());
    wrapper.setName("peers");
    wrapper.setServlet(servlet);
    wrapper.setAsyncSupported(true);
    context.addChild(wrapper);
    context.addServletMapping("/", wrapper.getName());
  }

  private static File temporaryDirectory() {
    return new File(System.getProperty("java.io.tmpdir"));
  }

  /**
   * Starts it.
   *
   * @return the port that it listens on
   */
  int start() {
    try {
      server.start();
      return connector.getLocalPort();
    } catch (LifecycleException e) {
      stop();
      PortInUseException.throwIfPortBindingException(e, settings::port);
      throw new IllegalStateException("The port for peers can't be opened", e);
    }
  }

  /** Uses that certificate, from the next connection on. */
  void use(SslBundle bundle) {
    protocol.addSslHostConfig(PeerPortTls.of(bundle, settings.clientAuth()), true);
  }

  /** Lets no more connections in. */
  void pause() {
    connector.pause();
    protocol.closeServerSocketGraceful();
  }

  /** Whether no request is under way. */
  boolean isIdle() {
    return wrapper.getCountAllocated() == 0 && context.getInProgressAsyncCount() == 0;
  }

  /** Stops it for good. */
  void stop() {
    try {
      server.stop();
      server.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException("The port for peers can't be closed", e);
    }
  }

  /** Requests run with the application's own class loader. */
  private static final class ApplicationLoader extends WebappLoader {

    @Override
    public @Nullable ClassLoader getClassLoader() {
      return ClassUtils.getDefaultClassLoader();
    }

    @Override
    protected void startInternal() throws LifecycleException {
      setState(LifecycleState.STARTING);
    }

    @Override
    protected void stopInternal() throws LifecycleException {
      setState(LifecycleState.STOPPING);
    }
  }
}
