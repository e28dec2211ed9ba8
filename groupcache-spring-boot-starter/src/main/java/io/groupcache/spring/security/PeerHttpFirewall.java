package io.groupcache.spring.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Spring Security's strict firewall, but for peers' requests: a key may hold every character that
 * the firewall refuses, and the peer endpoint reads its path without decoding it.
 */
public final class PeerHttpFirewall extends StrictHttpFirewall {

  private final RequestMatcher peers;

  /** Makes a firewall that lets pass what {@code peers} matches. */
  public PeerHttpFirewall(RequestMatcher peers) {
    this.peers = peers;
  }

  @Override
  public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
    return peers.matches(request) ? new Unchanged(request) : super.getFirewalledRequest(request);
  }

  private static final class Unchanged extends FirewalledRequest {

    Unchanged(HttpServletRequest request) {
      super(request);
    }

    @Override
    public void reset() {
      // Nothing was changed, so there is nothing to put back.
    }
  }
}
