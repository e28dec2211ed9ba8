/** How often a cache has what it is asked for, by what it evicts: on traces of real accesses. */
@NullMarked
package io.groupcache.benchmarks.hitratio;

import org.jspecify.annotations.NullMarked;
