package io.groupcache.spring.http.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Says once that requests of peers can't be answered later, and take a thread while they wait. */
final class NoAsyncWarning {

  private static final Log log = LogFactory.getLog(NoAsyncWarning.class);

  private final AtomicBoolean said = new AtomicBoolean();

  /** Looks at a request. */
  void check(HttpServletRequest request) {
    if (!request.isAsyncSupported() && said.compareAndSet(false, true)) {
      log.warn(
          "Peers' requests keep threads of the server waiting until their keys are loaded, because"
              + " they pass a servlet filter or servlet that does not support async. Set"
              + " asyncSupported on it (@WebFilter, @WebServlet or its registration bean), have it"
              + " leave out the peers' path, or set groupcache.server.port.");
    }
  }
}
