/**
 * Answering peers, on whichever port: {@link io.groupcache.spring.http.server.PeerController} reads
 * a request, and answers with what is at hand, with a load that the peer can wait for, or with a
 * refusal. Beside it are the loads that were promised to peers, the permits that limit them, and
 * what peers are told of failures.
 */
@NullMarked
package io.groupcache.spring.http.server;

import org.jspecify.annotations.NullMarked;
