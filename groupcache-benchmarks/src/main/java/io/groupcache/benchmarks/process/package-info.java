/** Processes of a benchmark's own, and what its command line says. */
@NullMarked
package io.groupcache.benchmarks.process;

import org.jspecify.annotations.NullMarked;
