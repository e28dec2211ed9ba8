/** A group's caches, and the limit that they share. For groupcache's own use. */
@NullMarked
package io.groupcache.internal.cache;

import org.jspecify.annotations.NullMarked;
