/** A byte-bounded cache that evicts what was used least recently. */
@NullMarked
package io.groupcache.lru;

import org.jspecify.annotations.NullMarked;
