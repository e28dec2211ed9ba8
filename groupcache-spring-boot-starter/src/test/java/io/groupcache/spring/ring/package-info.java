/** Rings of real processes, in Java and in Go, that talk HTTP to each other. */
@NullMarked
package io.groupcache.spring.ring;

import org.jspecify.annotations.NullMarked;
