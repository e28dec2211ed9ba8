/**
 * Beans as groups: finding getters and what can be made one of, making a group and a bean of each,
 * and the settings that single groups have of their own. {@link
 * io.groupcache.spring.group.GetterGroups} does it when a context starts.
 */
@NullMarked
package io.groupcache.spring.group;

import org.jspecify.annotations.NullMarked;
