/**
 * What peers say to each other: the URL grammar, messages, headers and error codes, each written
 * and read in one place.
 */
@NullMarked
package io.groupcache.spring.http.wire;

import org.jspecify.annotations.NullMarked;
