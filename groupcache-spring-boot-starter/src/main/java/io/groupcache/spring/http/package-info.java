/** Peers over HTTP, in both directions. */
@NullMarked
package io.groupcache.spring.http;

import org.jspecify.annotations.NullMarked;
