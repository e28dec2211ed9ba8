package io.groupcache.spring.diagnostics;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Explains a wrong setting when the application can't start for it. */
@Order(Ordered.HIGHEST_PRECEDENCE) // before Boot's own, which would only say that binding failed
final class GroupCacheFailureAnalyzer
    extends AbstractFailureAnalyzer<GroupCacheConfigurationException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, GroupCacheConfigurationException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.action(), rootFailure);
  }
}
