/**
 * Rings under a steady load, to which things happen: see the table of faults in docs/failure.md.
 */
@NullMarked
package io.groupcache.spring.fault;

import org.jspecify.annotations.NullMarked;
