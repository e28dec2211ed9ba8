/**
 * What happens inside one process: hits, misses, evictions, the ring, and the heap that it takes.
 */
@NullMarked
package io.groupcache.benchmarks.local;

import org.jspecify.annotations.NullMarked;
