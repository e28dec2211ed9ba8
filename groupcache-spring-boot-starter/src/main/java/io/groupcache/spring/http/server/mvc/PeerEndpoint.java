package io.groupcache.spring.http.server.mvc;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Where peers are answered on the application's port, if they are: a path of Spring MVC's servlet.
 * Tells the requests that lead there from all others.
 */
public final class PeerEndpoint {

  private final boolean open;
  private final String servlet;
  private final String path;

  /**
   * Makes an endpoint.
   *
   * @param open whether peers are answered there; if not, no request leads to it
   * @param servlet the name of Spring MVC's servlet: what goes to another is no request of a peer
   * @param path its path within the servlet context, with a slash at both ends
   */
  public PeerEndpoint(boolean open, String servlet, String path) {
    this.open = open;
    this.servlet = servlet;
    this.path = path;
  }

  /** Whether peers are answered there. */
  public boolean isOpen() {
    return open;
  }

  /** Whether a request leads to the peer endpoint, however anyone who has a say in it reads it. */
  public boolean isAskedBy(HttpServletRequest request) {
    // Both as it was sent, which Spring routes by, and as the server has decoded and normalized it,
    // which servlets and filters are mapped by: one alone could be made to lead elsewhere.
    // The key ".." makes the server take the group for a step that was gone back on.
    return open && isServlet(request) && hasPathAsSent(request) && hasPathNormalized(request);
  }

  /** Whether somebody who has a say in it may read a request as one of a peer's. */
  boolean mayBeAskedBy(HttpServletRequest request) {
    return open && (hasPathAsSent(request) || hasPathNormalized(request));
  }

  private boolean hasPathAsSent(HttpServletRequest request) {
    return request.getRequestURI().startsWith(request.getContextPath() + path);
  }

  private boolean hasPathNormalized(HttpServletRequest request) {
    String pathInfo = request.getPathInfo() == null ? "" : request.getPathInfo();
    return (request.getServletPath() + pathInfo + "/").startsWith(path);
  }

  private boolean isServlet(HttpServletRequest request) {
    return request.getHttpServletMapping().getServletName().equals(servlet);
  }

  /** The path, for the log. */
  @Override
  public String toString() {
    return path + "**";
  }
}
