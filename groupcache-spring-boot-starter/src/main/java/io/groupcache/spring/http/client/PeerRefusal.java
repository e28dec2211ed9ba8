package io.groupcache.spring.http.client;

import io.groupcache.spring.http.wire.PeerError;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.PeerFailure.Health;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;

/** What a peer means that answers with something else than status 200. */
final class PeerRefusal {

  /** What it may answer when it has understood a request for many keys. */
  private static final Set<PeerError> OF_MANY_KEYS =
      EnumSet.of(
          PeerError.UNAUTHORIZED,
          PeerError.NO_SUCH_GROUP,
          PeerError.OVERLOADED,
          PeerError.DEADLINE_EXCEEDED);

  private static final String NO_SUCH_GROUP_IN_GO = "no such group: ";

  private PeerRefusal() {}

  /** What one who has asked {@code peer} for {@code key} throws. */
  static RuntimeException read(ClientHttpResponse response, String peer, String key)
      throws IOException {
    int status = response.getStatusCode().value();
    PeerError error = PeerError.of(status, code(response)).orElse(null);
    String sentence = message(response); // read in any case, so that the connection can be kept
    if (error != null) {
      return error.exception(peer, key, sentence);
    }
    String answer = "Peer " + peer + " answered with status " + status;
    if (isAboutTheRequest(status) || isRedirectOfGo(response)) {
      return new PeerFailure(answer + ": " + sentence, null, false, Health.WELL);
    }
    if (status == 404 && sentence.startsWith(NO_SUCH_GROUP_IN_GO)) {
      return new PeerFailure(answer + ": " + sentence, null, true, Health.WELL);
    }
    return new PeerFailure(answer + guess(status) + ": " + sentence, null, true, Health.ILL);
  }

  /** What may be wrong where no peer answers so: what answers is something else. */
  private static String guess(int status) {
    if (status == 404) {
      return "; perhaps its URL lacks a context path, its groupcache.base-path is another one, or"
          + " another application answers there";
    }
    if (status == 401 || status == 403) {
      return "; perhaps a proxy or another application answers there, and asks for a login";
    }
    if (status >= 300 && status < 400) {
      return "; peers follow no redirects, so perhaps its URL has to begin with https://, or"
          + " something asks for a login there";
    }
    return "";
  }

  /** Go's mux redirects keys that it finds unclean, to a path of its own. */
  private static boolean isRedirectOfGo(ClientHttpResponse response) throws IOException {
    int status = response.getStatusCode().value();
    String location = response.getHeaders().getFirst(HttpHeaders.LOCATION);
    return (status == 301 || status == 307) && location != null && location.startsWith("/");
  }

  /**
   * Whether a peer can't have understood a request for many keys: one in Go, or what stands in its
   * place.
   */
  static boolean isOfManyKeys(ClientHttpResponse response) throws IOException {
    int status = response.getStatusCode().value();
    boolean understood =
        PeerError.of(status, code(response)).filter(OF_MANY_KEYS::contains).isPresent();
    return !understood && status <= 501;
  }

  /**
   * Whether a status that comes without a code would be the same from every peer. A Go peer sends
   * 500 when its getter fails.
   */
  private static boolean isAboutTheRequest(int status) {
    return status == 500 || status == 400 || status == 405 || status == 414 || status == 431;
  }

  private static @Nullable String code(ClientHttpResponse response) {
    return response.getHeaders().getFirst(PeerError.HEADER);
  }

  private static String message(ClientHttpResponse response) throws IOException {
    try (InputStream body = response.getBody()) {
      byte[] bytes = body.readNBytes(PeerError.MAX_MESSAGE_LENGTH);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    }
  }
}
