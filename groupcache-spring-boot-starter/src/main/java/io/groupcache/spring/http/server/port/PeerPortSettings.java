package io.groupcache.spring.http.server.port;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.Ssl.ClientAuth;

/**
 * What the peers' own port is like.
 *
 * @param prefix the path of this peer's base URL
 * @param basePath the path below it where peers are answered, with a slash at both ends
 * @param port the port to listen on; 0 for any that is free
 * @param address the address to listen on; null for all
 * @param bundle the SSL bundle with its certificate; null for plain HTTP
 * @param clientAuth whether peers have to show a certificate
 * @param maxThreads how many requests may be answered at a time
 * @param virtualThreads whether each is answered in a virtual thread instead
 * @param maxKeepAliveRequests how many requests are answered on one connection; -1 for any number
 * @param maxRequestHeaderBytes how long the first line and the headers of a request may be
 * @param writeBufferBytes how much is written at a time
 * @param shutdownTimeout how long a shutdown waits for what is under way
 */
public record PeerPortSettings(
    String prefix,
    String basePath,
    int port,
    @Nullable InetAddress address,
    @Nullable String bundle,
    ClientAuth clientAuth,
    int maxThreads,
    boolean virtualThreads,
    int maxKeepAliveRequests,
    int maxRequestHeaderBytes,
    int writeBufferBytes,
    Duration shutdownTimeout) {}
