package io.groupcache.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Explains a gap in the list of secrets without the secrets, which Boot's own analyzer shows. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SharedSecretFailureAnalyzer
    extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

  private static final ConfigurationPropertyName SECRET =
      ConfigurationPropertyName.of(PeerSecurityProperties.SECRET);

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
    boolean ofSecret =
        cause.getUnboundProperties().stream()
            .anyMatch(property -> SECRET.isAncestorOf(property.getName()));
    return ofSecret
        ? new FailureAnalysis(
            SECRET + " is a list with a gap, or with more than a list can have.",
            "Number its elements from [0] on. " + PeerSecurityProperties.ADVICE,
            rootFailure)
        : null;
  }
}
