package io.groupcache.spring.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Leads all that is below the base path to the {@link PeerController}, whatever its method. It
 * comes before every other mapping: a handler for {@code /{tenant}/report/{id}} would else be more
 * specific, and answer for a peer without having been asked by one.
 */
public final class PeerHandlerMapping extends SimpleUrlHandlerMapping {

  /** Makes the mapping of a base path, with a slash at both ends. */
  public PeerHandlerMapping(PeerController controller, String basePath) {
    super(Map.of(basePath + "**", handler(controller)), Ordered.HIGHEST_PRECEDENCE);
  }

  private static HandlerMethod handler(PeerController controller) {
    Class<?>[] parameters = {HttpServletRequest.class, HttpServletResponse.class};
    return new HandlerMethod(
        controller, ClassUtils.getMethod(PeerController.class, "serve", parameters));
  }
}
