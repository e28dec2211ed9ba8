package io.groupcache.spring.http.server.tomcat;

import org.apache.coyote.http11.Http11NioProtocol;

/**
 * HTTP as Tomcat speaks it by default, but with threads of their own for peers: see {@link
 * PeerNioEndpoint}. Tomcat makes it by its name.
 */
public final class PeerNioProtocol extends Http11NioProtocol {

  private final PeerNioEndpoint endpoint;

  /** Makes a protocol that knows no peers. */
  public PeerNioProtocol() {
    this(new PeerNioEndpoint());
  }

  private PeerNioProtocol(PeerNioEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  /** Answers what is asked below {@code path}, as it is sent, in so many threads beside others. */
  void answerPeers(String path, int maxThreads) {
    endpoint.answerPeers(path, maxThreads);
  }
}
