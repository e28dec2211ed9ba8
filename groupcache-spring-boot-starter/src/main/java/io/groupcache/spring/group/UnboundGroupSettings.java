package io.groupcache.spring.group;

import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Refuses settings of a group whose name has dots and is not in brackets, or, in an environment
 * variable, has underscores: Spring Boot would drop them without a word.
 */
final class UnboundGroupSettings {

  private static final ConfigurationPropertyName GROUPS =
      ConfigurationPropertyName.of("groupcache.groups");

  private static final Set<String> PROPERTIES =
      Stream.of(GroupProperties.class.getRecordComponents())
          .map(RecordComponent::getName)
          .map(GroupSettings::uniform)
          .collect(Collectors.toUnmodifiableSet());

  private UnboundGroupSettings() {}

  /**
   * Looks through all that the application is configured with.
   *
   * @throws GroupCacheConfigurationException when there is such a setting
   */
  static void check(ConfigurableEnvironment environment) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource names) {
        boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
        names.stream().filter(GROUPS::isAncestorOf).forEach(name -> check(name, variables, source));
      }
    }
  }

  private static void check(
      ConfigurationPropertyName name, boolean variable, ConfigurationPropertySource source) {
    int first = GROUPS.getNumberOfElements();
    int last = name.getNumberOfElements();
    // A variable's underscores are those of the group's name, the property's, or between the two.
    int group =
        IntStream.range(first + 1, last)
            .filter(end -> variable || end == last - 1)
            .filter(end -> PROPERTIES.contains(GroupSettings.uniform(text(name, end, last, ""))))
            .findFirst()
            .orElse(first + 1);
    if (group > first + 1) {
      String dotted = text(name, first, group, ".");
      String property = text(name, group, last, "");
      throw new GroupCacheConfigurationException(
          "The name of a group in " + described(name, source),
          dotted,
          "it has several parts, and Spring Boot would drop the setting",
          "Write "
              + (variable
                  ? ("GROUPCACHE_GROUPS_" + GroupSettings.uniform(dotted) + "_" + property)
                      .toUpperCase(Locale.ROOT)
                  : GROUPS + "[" + dotted + "]." + property),
          null);
    }
  }

  /** The name of a property, and where it stands. */
  private static String described(
      ConfigurationPropertyName name, ConfigurationPropertySource source) {
    Origin origin = Origin.from(source.getConfigurationProperty(name));
    String written = text(name, 0, name.getNumberOfElements(), ".");
    return origin == null ? written : written + " (" + origin + ")";
  }

  private static String text(ConfigurationPropertyName name, int begin, int end, String separator) {
    return IntStream.range(begin, end)
        .mapToObj(i -> name.getElement(i, Form.ORIGINAL))
        .collect(Collectors.joining(separator));
  }
}
