package io.groupcache.spring.group;

import io.groupcache.GroupOptions;
import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of single groups, by the group that they are of: the one that is called exactly so,
 * or else the only one with the same letters and digits, as environment variables have no others.
 */
final class GroupSettings {

  private final Map<String, String> namesByGroup = new HashMap<>();
  private final GroupOptions common;
  private final Map<String, GroupProperties> settings;
  private final List<GroupOptionsCustomizer> customizers;

  /**
   * Finds the group of each of the settings.
   *
   * @param configured what the application says
   * @param groups the names of all groups
   * @throws GroupCacheConfigurationException when one may be meant for several groups, or several
   *     for one
   */
  GroupSettings(ConfiguredGroups configured, Collection<String> groups) {
    this.common = configured.common();
    this.settings = configured.own();
    this.customizers = configured.customizers();
    groups.stream().filter(settings::containsKey).forEach(name -> namesByGroup.put(name, name));
    settings.keySet().stream()
        .filter(name -> !groups.contains(name))
        .forEach(name -> add(name, groups.stream().filter(group -> isLike(name, group)).toList()));
  }

  /**
   * The options of that group: its own settings, those of all groups where it has none, and what
   * the customizers make of them.
   */
  GroupOptions of(String group) {
    String name = namesByGroup.get(group);
    GroupProperties own = name == null ? null : settings.get(name);
    GroupOptions options = own == null ? common : own.options(common);
    for (GroupOptionsCustomizer customizer : customizers) {
      options =
          Objects.requireNonNull(
              customizer.customize(group, options),
              () -> customizer + " gave no options for the group '" + group + "'");
    }
    return options;
  }

  /** The names of the settings that no group was found for. */
  Set<String> ofNoGroup() {
    Set<String> names = new TreeSet<>(settings.keySet());
    names.removeAll(namesByGroup.values());
    return names;
  }

  private void add(String name, List<String> groups) {
    if (groups.isEmpty()) {
      return;
    }
    GroupCacheConfigurationException.check(
        groups.size() == 1,
        "A name below groupcache.groups",
        name,
        "it may be that of any of the groups " + groups,
        "Write the name exactly, in brackets, as in " + example(groups.get(0)));
    String group = groups.get(0);
    String other = namesByGroup.putIfAbsent(group, name);
    // Of names that differ in capitals or dashes only, Spring Boot gives each the settings of all.
    GroupCacheConfigurationException.check(
        other == null || Objects.equals(settings.get(name), settings.get(other)),
        "A name below groupcache.groups",
        name,
        "there are other settings of the group '" + group + "' below the name '" + other + "'",
        "Write them all below one name, as in " + example(group));
  }

  private static boolean isLike(String name, String group) {
    String uniform = uniform(name);
    return !uniform.isEmpty() && uniform.equals(uniform(group));
  }

  /** The letters and digits of a name, in lower case. */
  static String uniform(String name) {
    StringBuilder uniform = new StringBuilder();
    name.codePoints().filter(Character::isLetterOrDigit).forEach(uniform::appendCodePoint);
    return uniform.toString().toLowerCase(Locale.ROOT);
  }

  private static String example(String group) {
    return "groupcache.groups[" + group + "].cache-bytes";
  }
}
