/** Measures the project beside its rivals; no part of what is published. */
@NullMarked
package io.groupcache.benchmarks;

import org.jspecify.annotations.NullMarked;
