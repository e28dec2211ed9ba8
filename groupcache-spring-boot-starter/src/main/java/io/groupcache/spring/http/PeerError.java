package io.groupcache.spring.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a peer can answer instead of a value: a status, and a header that tells which. */
enum PeerError {
  BAD_REQUEST(400, "bad-request"),
  NO_SUCH_GROUP(404, "no-such-group"),
  KEY_NOT_FOUND(404, "key-not-found"),
  LOAD_FAILED(500, "load-failed");

  static final String HEADER = "Groupcache-Error";

  /** How much of a message for people is sent, and read. */
  static final int MAX_MESSAGE_LENGTH = 4096;

  private final int status;
  private final String code;

  PeerError(int status, String code) {
    this.status = status;
    this.code = code;
  }

  /** The error that an answer of that status and header is; none that an unrelated server sends. */
  static Optional<PeerError> of(int status, @Nullable String code) {
    for (PeerError error : values()) {
      if (error.status == status && error.code.equals(code)) {
        return Optional.of(error);
      }
    }
    return Optional.empty();
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
