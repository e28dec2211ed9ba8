/** Gets from another process, beside the same gets through the rivals. */
@NullMarked
package io.groupcache.benchmarks.remote;

import org.jspecify.annotations.NullMarked;
