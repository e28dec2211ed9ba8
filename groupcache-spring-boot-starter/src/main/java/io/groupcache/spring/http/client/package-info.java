/** Asking a peer over HTTP: connections, time limits, the breaker, combined reads. */
@NullMarked
package io.groupcache.spring.http.client;

import org.jspecify.annotations.NullMarked;
