package io.groupcache.spring.http.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Leads all that is below the base path to the {@link PeerController}, whatever its method. It
 * comes before every other mapping: a handler for {@code /{tenant}/report/{id}} would else be more
 * specific, and answer for a peer without having been asked by one.
 */
public final class PeerHandlerMapping extends SimpleUrlHandlerMapping {

  private final PeerEndpoint endpoint;
  private final HandlerMethod notFound = OffPort.handler("notFound");
  private final HandlerMethod refused = OffPort.handler("refused");

  /** Makes the mapping of a base path, with a slash at both ends, on the endpoint's port. */
  public PeerHandlerMapping(PeerController controller, String basePath, PeerEndpoint endpoint) {
    super(Map.of(basePath + "**", handler(controller)), Ordered.HIGHEST_PRECEDENCE);
    this.endpoint = endpoint;
  }

  @Override
  protected @Nullable Object getHandlerInternal(HttpServletRequest request) throws Exception {
    Object handler = super.getHandlerInternal(request);
    if (handler != null) {
      PeerEndpoint.led(request);
    }
    if (!endpoint.hasOwnPort()) {
      return handler == null && PeerEndpoint.isErrorOfPeers(request) ? refused : handler;
    }
    if (!endpoint.isOnItsPort(request)) {
      return handler == null ? null : notFound;
    }
    // The valve lets nothing else in: it is an error's page, or what a filter forwards to.
    return handler == null ? refused : handler;
  }

  /** A preflight would else be answered before anyone has asked for the secret. */
  @Override
  protected HandlerExecutionChain getCorsHandlerExecutionChain(
      HttpServletRequest request, HandlerExecutionChain chain, @Nullable CorsConfiguration config) {
    return endpoint.isOnItsPort(request)
        ? chain
        : super.getCorsHandlerExecutionChain(request, chain, config);
  }

  /**
   * Not a handler method: there are no arguments to resolve, and the response of one would copy
   * what is written to it.
   */
  private static HttpRequestHandler handler(PeerController controller) {
    return controller::serve;
  }
}
