package io.groupcache.spring.http.server.mvc;

import io.groupcache.spring.http.server.PeerController;
import io.groupcache.spring.http.server.Refusal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Leads all that is below the base path to the {@link PeerController}, whatever its method. It
 * comes before every other mapping: a handler for {@code /{tenant}/report/{id}} would else be more
 * specific, and answer for a peer without having been asked by one.
 */
public final class PeerHandlerMapping extends SimpleUrlHandlerMapping {

  private static final String LED_HERE = PeerHandlerMapping.class.getName() + ".LED_HERE";

  /**
   * Makes the mapping of a base path, with a slash at both ends; of none where the endpoint is not
   * open.
   */
  public PeerHandlerMapping(PeerController controller, String basePath, PeerEndpoint endpoint) {
    super(
        endpoint.isOpen() ? Map.of(basePath + "**", handler(controller)) : Map.of(),
        Ordered.HIGHEST_PRECEDENCE);
  }

  @Override
  protected @Nullable Object getHandlerInternal(HttpServletRequest request) throws Exception {
    if (!isOfThisContext(request)) {
      return null;
    }
    Object handler = super.getHandlerInternal(request);
    if (handler != null) {
      request.setAttribute(LED_HERE, true);
    } else if (isErrorOfPeers(request)) {
      return (HttpRequestHandler) PeerHandlerMapping::refuse;
    }
    return handler;
  }

  /** The servlets of child contexts find this mapping, too. */
  @SuppressWarnings("ReferenceEquality") // the context itself is meant
  private boolean isOfThisContext(HttpServletRequest request) {
    return RequestContextUtils.findWebApplicationContext(request) == getApplicationContext();
  }

  /** Whether this is for the error page of a request that had been led to the endpoint. */
  private static boolean isErrorOfPeers(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.ERROR
        && request.getAttribute(LED_HERE) != null;
  }

  /** Answers instead of the application's error page. */
  private static void refuse(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Refusal.send(response, status instanceof Integer code ? code : 500, null, Refusal.CANT_ANSWER);
  }

  /** A preflight would else be answered before anyone has asked for the secret. */
  @Override
  protected HandlerExecutionChain getCorsHandlerExecutionChain(
      HttpServletRequest request, HandlerExecutionChain chain, @Nullable CorsConfiguration config) {
    return chain;
  }

  /**
   * Not a handler method: there are no arguments to resolve, and the response of one would copy
   * what is written to it.
   */
  private static HttpRequestHandler handler(PeerController controller) {
    return controller::serve;
  }
}
