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
    String answer = "Peer " + peer + " answered with status " + status + ": " + sentence;
    if (isAboutTheRequest(status)) {
      return new PeerFailure(answer, null, false, Health.WELL);
    }
    // A Go peer's 404 says that it has no such group.
    return new PeerFailure(answer, null, true, status == 404 ? Health.WELL : Health.ILL);
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
   * 500 when its getter fails, and redirects keys that its mux finds unclean.
   */
  private static boolean isAboutTheRequest(int status) {
    return status == 500
        || status == 400
        || status == 405
        || status == 414
        || status == 431
        || (status >= 300 && status < 400);
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
