/** How long it takes until a reader elsewhere sees that a value has changed. */
@NullMarked
package io.groupcache.benchmarks.visibility;

import org.jspecify.annotations.NullMarked;
