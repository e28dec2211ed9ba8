/**
 * The peers' own port: a small Tomcat beside the application's own server, or without any. It
 * answers peers and nobody else.
 */
@NullMarked
package io.groupcache.spring.http.server.port;

import org.jspecify.annotations.NullMarked;
