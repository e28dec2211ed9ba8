package io.groupcache.spring.http.client;

import io.groupcache.spring.http.wire.LogText;
import io.groupcache.spring.http.wire.PeerError;
import io.groupcache.spring.http.wire.ProcessId;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

/**
 * Asks this peer for itself by its base URL, as other peers ask it, and finds out whether this very
 * process answers. Otherwise every key that it owns would be loaded by whoever wants it.
 */
public final class SelfCheck {

  private final RestClient restClient;
  private final URI uri;
  private final ProcessId process;

  /**
   * Makes a check.
   *
   * @param restClient asks peers, within their time limits
   * @param uri where this peer should answer: its base URL, and the base path
   * @param process names this process
   */
  SelfCheck(RestClient restClient, URI uri, ProcessId process) {
    this.restClient = restClient;
    this.uri = uri;
    this.process = process;
  }

  /** Asks once; empty when this process has answered. */
  public Optional<Problem> findProblem() {
    try {
      return Optional.ofNullable(
          restClient
              .get()
              .uri(uri)
              .header(ProcessId.QUESTION_HEADER, process.toString())
              .exchange((request, response) -> problem(response)));
    } catch (RuntimeException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      return Optional.of(
          new Problem(
              "there is no answer ("
                  + LogText.oneLine(reason.toString())
                  + "); nothing listens there, or this machine can't reach itself by that URL",
              true));
    }
  }

  private @Nullable Problem problem(ClientHttpResponse response) throws IOException {
    String answered = response.getHeaders().getFirst(ProcessId.HEADER);
    if (answered != null) {
      return answered.equals(process.toString())
          ? null
          : new Problem(
              "another process of such an application answers there: it is a load balancer's URL,"
                  + " or another peer's",
              false);
    }
    HttpStatusCode status = response.getStatusCode();
    String error = response.getHeaders().getFirst(PeerError.HEADER);
    String guess = error != null ? guessOfPeer(status.value()) : guess(status);
    return new Problem(
        "the answer has status " + status.value() + ": " + guess,
        error == null && status.is5xxServerError());
  }

  /** What answers is a peer. */
  private static String guessOfPeer(int status) {
    return status == PeerError.UNAUTHORIZED.status()
        ? "another application's peer answers there, or one with another"
            + " groupcache.security.shared-secret"
        : "another peer answers there, of another version";
  }

  private static String guess(HttpStatusCode status) {
    if (status.value() == 404) {
      return "there are no peers; perhaps groupcache.self lacks the path of"
          + " server.servlet.context-path or spring.mvc.servlet.path, or has the port of another"
          + " application";
    }
    if (status.value() == 401 || status.value() == 403) {
      return "something there asks for a login, such as a proxy or another application";
    }
    if (status.is3xxRedirection()) {
      return "peers follow no redirects; perhaps it has to begin with https://";
    }
    if (status.is5xxServerError()) {
      return "perhaps of a proxy that does not reach this application";
    }
    return "what answers there is no peer, or one in Go";
  }

  /**
   * Why this process was not reached.
   *
   * @param description says it to people
   * @param mayPass whether it may be only for a moment, as while a proxy has yet to hear of a start
   */
  public record Problem(String description, boolean mayPass) {}
}
