/** Answering peers over HTTP: the endpoint, its port, who may ask, what is refused. */
@NullMarked
package io.groupcache.spring.http.server;

import org.jspecify.annotations.NullMarked;
