package io.groupcache.spring.http.server;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.UrlPathHelper;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Answers for the peer endpoint where it is not, and for everything else where it is. */
final class OffPort {

  /** What Spring MVC looks for resources by. */
  private static final PathPattern ALL = PathPatternParser.defaultInstance.parse("/**");

  /** Answers just as Spring MVC does for a path that nobody knows. */
  public void notFound(HttpServletRequest request, HttpServletResponse response)
      throws NoResourceFoundException {
    PathContainer path =
        ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication();
    throw new NoResourceFoundException(
        HttpMethod.valueOf(request.getMethod()),
        request.getRequestURI(),
        UrlPathHelper.defaultInstance.removeSemicolonContent(
            ALL.extractPathWithinPattern(path).value()));
  }

  /** Answers instead of the application's error page, or of what a peer is forwarded to. */
  public void refused(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Refusal.send(
        response, status instanceof Integer code ? code : 404, null, "This peer can't answer that");
  }

  /** The handler that calls the method of that name. */
  static HandlerMethod handler(String method) {
    Class<?>[] parameters = {HttpServletRequest.class, HttpServletResponse.class};
    return new HandlerMethod(
        new OffPort(), ClassUtils.getMethod(OffPort.class, method, parameters));
  }
}
