package io.groupcache.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains a port that Kubernetes has set: it tells pods of a Service {@code groupcache-server}
 * with a variable that Spring Boot takes for {@code groupcache.server.port}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE) // before Boot's own, which would only say that it is no number
final class ServiceLinkFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

  private static final ConfigurationPropertyName PORT =
      ConfigurationPropertyName.of("groupcache.server.port");

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
    ConfigurationProperty property = cause.getProperty();
    if (property == null
        || !property.getName().equals(PORT)
        || !String.valueOf(property.getValue()).matches("(tcp|udp|sctp)://.*")) {
      return null;
    }
    return new FailureAnalysis(
        PORT
            + " is '"
            + property.getValue()
            + "', which is no port: it is the environment variable GROUPCACHE_SERVER_PORT, by which"
            + " Kubernetes tells pods of a Service named groupcache-server.",
        "Give the Service another name, or set enableServiceLinks: false in the pod's spec.",
        rootFailure);
  }
}
