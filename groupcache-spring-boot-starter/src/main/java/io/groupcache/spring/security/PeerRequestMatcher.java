package io.groupcache.spring.security;

import io.groupcache.spring.http.server.mvc.PeerEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Tells the requests that reach the peer endpoint from all others. */
public final class PeerRequestMatcher implements RequestMatcher {

  private final PeerEndpoint endpoint;

  /** Makes a matcher of what leads to that endpoint, and nowhere else. */
  public PeerRequestMatcher(PeerEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public boolean matches(HttpServletRequest request) {
    return endpoint.isAskedBy(request);
  }

  /** The path, for the log. */
  @Override
  public String toString() {
    return "groupcache peers " + endpoint;
  }
}
