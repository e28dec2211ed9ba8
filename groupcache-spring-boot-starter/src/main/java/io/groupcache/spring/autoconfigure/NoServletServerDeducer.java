package io.groupcache.spring.autoconfigure;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;

/**
 * Keeps an application that is not for the web what it is. Boot takes it for a servlet application
 * because there is a servlet API, which is there only for the peers' own port.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class NoServletServerDeducer implements WebApplicationType.Deducer {

  private static final String[] SERVLET_APPLICATION = {
    "org.springframework.web.servlet.DispatcherServlet",
    "org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory",
    "org.springframework.boot.jetty.servlet.JettyServletWebServerFactory"
  };

  @Override
  public @Nullable WebApplicationType deduceWebApplicationType() {
    return Stream.of(SERVLET_APPLICATION).anyMatch(name -> ClassUtils.isPresent(name, null))
        ? null
        : WebApplicationType.NONE;
  }
}
