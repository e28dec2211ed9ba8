package io.groupcache.spring.http.server.tomcat;

import io.groupcache.spring.http.server.Refusal;
import io.groupcache.spring.http.wire.PeerError;
import io.groupcache.spring.http.wire.SharedSecret;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.RequestPath;

/**
 * Answers a peer in plain words where Tomcat refuses its request before Spring sees it, such as a
 * key with {@code %00} or one that is too long: Tomcat's own answer is a page of HTML. It belongs
 * in the pipeline of an engine, and lets all other requests pass.
 */
public final class PlainRefusalValve extends ValveBase {

  private static final String UNREADABLE_LINE =
      "The server can't read the first line of this request: it is malformed, or longer than"
          + " server.max-http-request-header-size";

  private final String path;
  private final SharedSecret secret;

  /**
   * Makes a valve for what is below {@code path} as it is sent, the context path included. Those
   * who do not know the secret learn no more there than elsewhere.
   */
  public PlainRefusalValve(String path, SharedSecret secret) {
    super(true);
    this.path = path;
    this.secret = secret;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    String uri = request.getRequestURI();
    boolean readable = !response.isError();
    if ((readable && hasReadableParameters(uri)) || (uri != null && !uri.startsWith(path))) {
      getNext().invoke(request, response);
      return;
    }
    response.setSuspended(false); // the error has closed it to all but those who report it
    // What somebody has sent is no failure of this server, as 501 and 505 would have it.
    int status = response.getStatus();
    int refusal = readable || status >= 500 ? PeerError.BAD_REQUEST.status() : status;
    if (uri == null) { // nobody knows who asked for what, so say what is true for anyone
      Refusal.send(response, refusal, null, UNREADABLE_LINE);
    } else if (!secret.admits(request.getHeader(SharedSecret.HEADER))) {
      Refusal.sendUnauthorized(response);
    } else {
      Refusal.send(response, refusal, PeerError.BAD_REQUEST.code(), sentence(refusal));
    }
  }

  /**
   * What comes after a semicolon is nothing to Tomcat, and Spring fails where it can't decode it.
   */
  private static boolean hasReadableParameters(@Nullable String uri) {
    if (uri == null || uri.indexOf(';') < 0) {
      return true;
    }
    try {
      RequestPath.parse(uri, null);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String sentence(int status) {
    return status == HttpServletResponse.SC_METHOD_NOT_ALLOWED
        ? Refusal.ONLY_GET
        : "The server can't read this request: a key has to be UTF-8 without NUL, percent-encoded,"
            + " and the request has to fit into server.max-http-request-header-size";
  }
}
