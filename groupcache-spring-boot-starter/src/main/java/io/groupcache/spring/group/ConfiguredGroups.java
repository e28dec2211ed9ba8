package io.groupcache.spring.group;

import io.groupcache.GroupOptions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an application says of its groups, checked as far as it can be without them. Immutable if
 * the map and the list are.
 *
 * @param common what a group has that has no settings of its own
 * @param own settings of single groups, by the names that they were given: those may be spelt in
 *     another way than the groups', and there may be no such group
 * @param customizers change what the settings say, one after another
 */
public record ConfiguredGroups(
    GroupOptions common,
    Map<String, GroupProperties> own,
    List<GroupOptionsCustomizer> customizers) {

  /**
   * The options of each group, by its name.
   *
   * @param groups the names of all groups
   * @throws io.groupcache.spring.diagnostics.GroupCacheConfigurationException when settings may be
   *     meant for several groups, or several for one
   */
  public Map<String, GroupOptions> optionsOf(Collection<String> groups) {
    GroupSettings settings = new GroupSettings(this, groups);
    return groups.stream()
        .distinct()
        .collect(Collectors.toUnmodifiableMap(Function.identity(), settings::of));
  }
}
