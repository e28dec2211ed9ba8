/** Rings under a steady load, to which things happen: see the README's table of faults. */
@NullMarked
package io.groupcache.spring.fault;

import org.jspecify.annotations.NullMarked;
