package io.groupcache.spring.group;

import io.groupcache.GroupOptions;

/**
 * Sets in code what {@code groupcache.groups} sets in the configuration. Each bean of this type is
 * called for each group of the application, in their order, when the group is made; the last one
 * wins, over the configuration, too.
 */
@FunctionalInterface
public interface GroupOptionsCustomizer {

  /**
   * The options of a group.
   *
   * @param name the group's name
   * @param options those that it has so far
   * @return these, or others; not null
   */
  GroupOptions customize(String name, GroupOptions options);
}
