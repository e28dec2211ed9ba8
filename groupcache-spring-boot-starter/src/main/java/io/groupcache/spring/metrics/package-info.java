/** A group's counts as Micrometer meters. */
@NullMarked
package io.groupcache.spring.metrics;

import org.jspecify.annotations.NullMarked;
