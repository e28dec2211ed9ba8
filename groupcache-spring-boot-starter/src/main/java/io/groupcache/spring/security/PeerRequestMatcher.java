package io.groupcache.spring.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Tells the requests that reach the peer endpoint from all others. */
public final class PeerRequestMatcher implements RequestMatcher {

  private final String servlet;
  private final String path;

  /**
   * Makes a matcher of what is below a path.
   *
   * @param servlet the name of Spring MVC's servlet: what goes to another is no request of a peer
   * @param path a path within the servlet context, with a slash at both ends
   */
  public PeerRequestMatcher(String servlet, String path) {
    this.servlet = servlet;
    this.path = path;
  }

  @Override
  public boolean matches(HttpServletRequest request) {
    // Both as it was sent, which Spring routes by, and as the server has decoded and normalized it,
    // which servlets and filters are mapped by: one alone could be made to lead elsewhere.
    // The key ".." makes the server take the group for a step that was gone back on.
    String pathInfo = request.getPathInfo() == null ? "" : request.getPathInfo();
    String normalized = request.getServletPath() + pathInfo + "/";
    return request.getHttpServletMapping().getServletName().equals(servlet)
        && request.getRequestURI().startsWith(request.getContextPath() + path)
        && normalized.startsWith(path);
  }

  /** The path, for the log. */
  @Override
  public String toString() {
    return "groupcache peers " + path + "**";
  }
}
