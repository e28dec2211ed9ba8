/**
 * What is said when an application starts: warnings of what is most likely not meant, and checks
 * that stop it where it can't work; and, while it runs, which peers a change of values has not
 * reached. {@link io.groupcache.spring.diagnostics.GroupCacheConfigurationException} says what to
 * write instead, for every setting that is refused.
 */
@NullMarked
package io.groupcache.spring.diagnostics;

import org.jspecify.annotations.NullMarked;
