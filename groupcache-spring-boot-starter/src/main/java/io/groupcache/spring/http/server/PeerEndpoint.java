package io.groupcache.spring.http.server;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Where peers are answered: a path of Spring MVC's servlet, on every port of the server or on one
 * of its own. Tells the requests that lead there from all others.
 */
public final class PeerEndpoint {

  /** Set by the server itself, from the connector: nothing that a client sends sets it. */
  private static final String ON_OWN_PORT = PeerEndpoint.class.getName() + ".ON_OWN_PORT";

  private static final String LED_HERE = PeerEndpoint.class.getName() + ".LED_HERE";

  private final String servlet;
  private final String path;
  private final boolean ownPort;

  /**
   * Makes an endpoint.
   *
   * @param servlet the name of Spring MVC's servlet: what goes to another is no request of a peer
   * @param path its path within the servlet context, with a slash at both ends
   * @param ownPort whether peers have a port of their own, so that it is nowhere else
   */
  public PeerEndpoint(String servlet, String path, boolean ownPort) {
    this.servlet = servlet;
    this.path = path;
    this.ownPort = ownPort;
  }

  /** Whether a request leads to the peer endpoint and nowhere else. */
  public boolean isAskedBy(HttpServletRequest request) {
    return isOnItsPort(request) && (isBelow(request) || isFailureOfPeers(request));
  }

  /** The path, for the log. */
  @Override
  public String toString() {
    return path + "**" + (ownPort ? " on a port of their own" : "");
  }

  boolean hasOwnPort() {
    return ownPort;
  }

  /** Whether a request came in where peers are answered. */
  boolean isOnItsPort(HttpServletRequest request) {
    return !ownPort || request.getAttribute(ON_OWN_PORT) != null;
  }

  /** Says that a request came in on the peers' own port. */
  static void receivedOnOwnPort(HttpServletRequest request) {
    request.setAttribute(ON_OWN_PORT, true);
  }

  /** Whether a request has the path, however anyone who has a say in it reads it. */
  boolean isBelow(HttpServletRequest request) {
    // Both as it was sent, which Spring routes by, and as the server has decoded and normalized it,
    // which servlets and filters are mapped by: one alone could be made to lead elsewhere.
    // The key ".." makes the server take the group for a step that was gone back on.
    return isServlet(request) && hasPathAsSent(request) && hasPathNormalized(request);
  }

  /** Whether somebody who has a say in it may read a request as one of a peer's. */
  boolean mayBeAskedBy(HttpServletRequest request) {
    return isOnItsPort(request) && (hasPathAsSent(request) || hasPathNormalized(request));
  }

  private boolean hasPathAsSent(HttpServletRequest request) {
    return request.getRequestURI().startsWith(request.getContextPath() + path);
  }

  private boolean hasPathNormalized(HttpServletRequest request) {
    String pathInfo = request.getPathInfo() == null ? "" : request.getPathInfo();
    return (request.getServletPath() + pathInfo + "/").startsWith(path);
  }

  /** Says that a request has been led to the endpoint. */
  static void led(HttpServletRequest request) {
    request.setAttribute(LED_HERE, true);
  }

  /** Whether this is for the error page of a request that had been led to the endpoint. */
  static boolean isErrorOfPeers(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.ERROR
        && request.getAttribute(LED_HERE) != null;
  }

  private boolean isFailureOfPeers(HttpServletRequest request) {
    return ownPort && request.getDispatcherType() == DispatcherType.ERROR && isServlet(request);
  }

  private boolean isServlet(HttpServletRequest request) {
    return request.getHttpServletMapping().getServletName().equals(servlet);
  }
}
