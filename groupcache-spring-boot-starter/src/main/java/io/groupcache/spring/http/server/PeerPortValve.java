package io.groupcache.spring.http.server;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Keeps the peers' own port to the peer endpoint: whatever leads anywhere else is not found, before
 * the application hears of it. Goes by the connector that a request came in by, never by what the
 * request says.
 */
final class PeerPortValve extends ValveBase {

  private final Connector connector;
  private final PeerEndpoint endpoint;
  private final String path;

  /** Makes a valve for {@code connector}; {@code path} is the endpoint's, as it is sent. */
  PeerPortValve(Connector connector, PeerEndpoint endpoint, String path) {
    super(true);
    this.connector = connector;
    this.endpoint = endpoint;
    this.path = path;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (connector.equals(request.getConnector())) {
      PeerEndpoint.receivedOnOwnPort(request);
      if (!isForPeers(request, response)) {
        response.setSuspended(false); // where the server has refused it already
        Refusal.send(response, 404, null, Refusal.ONLY_PEERS);
        return;
      }
    }
    getNext().invoke(request, response);
  }

  private boolean isForPeers(Request request, Response response) {
    String uri = request.getRequestURI();
    if (uri == null) {
      return true; // it could not be read, and the valve that comes next says so
    }
    // One that the server has refused already leads nowhere: it is known only as it was sent.
    return response.isError() ? uri.startsWith(path) : endpoint.isBelow(request);
  }
}
