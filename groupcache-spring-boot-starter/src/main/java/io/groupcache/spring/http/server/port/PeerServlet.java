package io.groupcache.spring.http.server.port;

import io.groupcache.spring.http.server.PeerController;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.server.RequestPath;
import org.springframework.web.util.ServletRequestPathUtils;

/** Leads all requests to the {@link PeerController}, where there is no Spring MVC to do it. */
final class PeerServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient PeerController controller;
  private final String prefix;

  /** Makes a servlet for requests whose paths begin with {@code prefix} and the base path. */
  PeerServlet(PeerController controller, String prefix) {
    this.controller = controller;
    this.prefix = prefix;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ServletRequestPathUtils.setParsedRequestPath(
        RequestPath.parse(request.getRequestURI(), prefix), request);
    controller.serve(request, response);
  }
}
