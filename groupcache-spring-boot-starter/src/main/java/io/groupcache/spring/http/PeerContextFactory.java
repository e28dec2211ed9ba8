package io.groupcache.spring.http;

import io.groupcache.GetContext;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Makes the {@link GetContext} in which a getter runs for a peer's request: a bean of this type can
 * carry something of the request over to the getter.
 */
@FunctionalInterface
public interface PeerContextFactory {

  /** The context for {@code request}; that a peer asked is added to it. */
  GetContext create(HttpServletRequest request);
}
