/** A byte-bounded cache that evicts what was used least recently. Imports only the JDK. */
@NullMarked
package io.groupcache.lru;

import org.jspecify.annotations.NullMarked;
