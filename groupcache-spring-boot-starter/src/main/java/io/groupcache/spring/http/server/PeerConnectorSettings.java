package io.groupcache.spring.http.server;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.Ssl.ClientAuth;

/**
 * The connector on which only peers are answered.
 *
 * @param port the port it listens on; 0 for any that is free
 * @param bundle the SSL bundle with its certificate; null for plain HTTP
 * @param clientAuth whether peers have to show a certificate
 * @param maxThreads how many requests may be answered at a time
 * @param virtualThreads whether each is answered in a virtual thread instead
 * @param passthroughEncodedSlashes whether %2F and %5C are let through
 * @param maxKeepAliveRequests how many requests are answered on one connection; -1 for any number
 * @param maxRequestHeaderBytes how long the first line and the headers of a request may be
 * @param writeBufferBytes how much is written at a time
 */
public record PeerConnectorSettings(
    int port,
    @Nullable String bundle,
    ClientAuth clientAuth,
    int maxThreads,
    boolean virtualThreads,
    boolean passthroughEncodedSlashes,
    int maxKeepAliveRequests,
    int maxRequestHeaderBytes,
    int writeBufferBytes) {}
