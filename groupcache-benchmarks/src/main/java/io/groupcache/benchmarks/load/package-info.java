/** Callers that get as fast as they can, and what they measure. */
@NullMarked
package io.groupcache.benchmarks.load;

import org.jspecify.annotations.NullMarked;
