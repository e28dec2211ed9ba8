/** Rings of our own peers whose getters are slow: who has to wait for them, and what runs twice. */
@NullMarked
package io.groupcache.benchmarks.ring;

import org.jspecify.annotations.NullMarked;
