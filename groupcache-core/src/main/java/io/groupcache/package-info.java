/**
 * groupcache for the JVM: a cache-filling library that is client and server at once.
 *
 * <p>Start at {@link io.groupcache.GroupCache}; a {@link io.groupcache.Group} is one name space of
 * keys, filled by its {@link io.groupcache.Getter}.
 */
@NullMarked
package io.groupcache;

import org.jspecify.annotations.NullMarked;
