package io.groupcache.spring.http.server.tomcat;

/**
 * What the connectors of the application's Tomcat are like where they answer peers.
 *
 * @param path the endpoint's path as it is sent, the context path included
 * @param maxThreads how many requests of peers may be answered at a time
 * @param virtualThreads whether each request is answered in a virtual thread instead
 * @param passthroughEncodedSlashes whether %2F and %5C are let through
 * @param maxKeepAliveRequests how many requests are answered on one connection; -1 for any number
 * @param writeBufferBytes how much is written at a time
 */
public record PeerTomcatSettings(
    String path,
    int maxThreads,
    boolean virtualThreads,
    boolean passthroughEncodedSlashes,
    int maxKeepAliveRequests,
    int writeBufferBytes) {}
