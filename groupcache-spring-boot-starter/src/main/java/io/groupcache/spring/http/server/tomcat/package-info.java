/**
 * What Tomcat has to do differently to answer peers: threads of their own, connections that are
 * kept, slashes in keys, the size of writes, refusals in plain words. {@link
 * io.groupcache.spring.http.server.tomcat.PeerTomcatCustomizer} does it to the application's own
 * server, and the peers' own port takes what it needs.
 */
@NullMarked
package io.groupcache.spring.http.server.tomcat;

import org.jspecify.annotations.NullMarked;
