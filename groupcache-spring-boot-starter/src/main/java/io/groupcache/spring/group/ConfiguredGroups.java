package io.groupcache.spring.group;

import io.groupcache.GroupOptions;
import java.util.Map;

/**
 * What an application says of its groups, checked as far as it can be without them. Immutable if
 * the map is.
 *
 * @param common what a group has that has no settings of its own
 * @param own settings of single groups, by the names that they were given: those may be spelt in
 *     another way than the groups', and there may be no such group
 */
public record ConfiguredGroups(GroupOptions common, Map<String, GroupProperties> own) {}
