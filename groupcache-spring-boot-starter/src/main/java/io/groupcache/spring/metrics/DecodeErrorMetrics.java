package io.groupcache.spring.metrics;

import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.spring.typed.view.DecodeErrors;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * The counter {@code groupcache.decode.errors}, tag {@code group}: values that could not be read as
 * what the application has them for.
 */
public final class DecodeErrorMetrics implements MeterBinder {

  private final GroupCache groupCache;
  private final DecodeErrors errors;

  /** Makes a binder of all groups of {@code groupCache}. */
  public DecodeErrorMetrics(GroupCache groupCache, DecodeErrors errors) {
    this.groupCache = groupCache;
    this.errors = errors;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    // The hook first: a group made in between is bound twice, which changes nothing.
    groupCache.onNewGroup(group -> bind(group, registry));
    groupCache.groups().forEach(group -> bind(group, registry));
  }

  private void bind(Group group, MeterRegistry registry) {
    FunctionCounter.builder(
            "groupcache.decode.errors", errors, counted -> counted.count(group.name()))
        .description("Values that could not be read")
        .tag("group", group.name())
        .register(registry);
  }
}
