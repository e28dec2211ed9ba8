package io.groupcache.spring.http.server.port;

import io.groupcache.spring.http.server.Refusal;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Answers in plain words on the peers' own port where no peer is answered. */
final class PeerPortRefusals extends ErrorReportValve {

  private static final Log log = LogFactory.getLog(PeerPortRefusals.class);

  private final String path;

  /** Makes a valve of a port where there is nothing but what is below {@code path}. */
  PeerPortRefusals(String path) {
    this.path = path;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    String uri = request.getRequestURI();
    if (uri != null && !uri.startsWith(path)) {
      response.setSuspended(false); // where Tomcat has refused it already
      Refusal.send(response, 404, null, Refusal.ONLY_PEERS);
    } else {
      super.invoke(request, response);
    }
  }

  /** Instead of Tomcat's page of HTML. */
  @Override
  protected void report(Request request, Response response, Throwable throwable) {
    try {
      if (response.isError() && response.getContentWritten() == 0 && response.setErrorReported()) {
        Refusal.send(response, response.getStatus(), null, Refusal.CANT_ANSWER);
      }
    } catch (IOException e) {
      log.debug("A peer has gone before it was told that it is not answered", e);
    }
  }
}
