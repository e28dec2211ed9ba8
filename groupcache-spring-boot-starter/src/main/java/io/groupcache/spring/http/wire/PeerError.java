package io.groupcache.spring.http.wire;

import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.spring.http.wire.PeerFailure.Health;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a peer can answer instead of a value: a status, and a header that tells which. */
public enum PeerError {
  UNAUTHORIZED(401, "unauthorized", true, Health.ILL),
  /** A proof is missing, or there are too many changes without one. */
  FORBIDDEN(403, "forbidden", false, Health.UNKNOWN),
  BAD_REQUEST(400, "bad-request", false, Health.WELL),
  NO_SUCH_GROUP(404, "no-such-group", true, Health.WELL),
  KEY_NOT_FOUND(404, "key-not-found", false, Health.WELL),
  LOAD_FAILED(500, "load-failed", false, Health.WELL),
  OVERLOADED(503, "overloaded", true, Health.UNKNOWN),
  /** The value is on its way: no failure. */
  STILL_LOADING(504, "still-loading", false, Health.WELL);

  public static final String HEADER = "Groupcache-Error";

  /** How much of a message for people is sent, and read. */
  public static final int MAX_MESSAGE_LENGTH = 4096;

  private final int status;
  private final String code;

  /** Whether the peers that stand in for the one that sends it are worth a request. */
  private final boolean anotherPeerMayAnswer;

  /** What it says about the peer that sends it. */
  private final Health health;

  PeerError(int status, String code, boolean anotherPeerMayAnswer, Health health) {
    this.status = status;
    this.code = code;
    this.anotherPeerMayAnswer = anotherPeerMayAnswer;
    this.health = health;
  }

  /** The error that an answer of that status and header is; none that an unrelated server sends. */
  public static Optional<PeerError> of(int status, @Nullable String code) {
    for (PeerError error : values()) {
      if (error.status == status && error.code.equals(code)) {
        return Optional.of(error);
      }
    }
    return Optional.empty();
  }

  /** The error of that code; none where nobody here knows it. */
  public static Optional<PeerError> of(String code) {
    return Arrays.stream(values()).filter(error -> error.code.equals(code)).findAny();
  }

  /** A sentence for people, no longer than is sent. */
  public static String shortened(String sentence) {
    return sentence.length() <= MAX_MESSAGE_LENGTH
        ? sentence
        : sentence.substring(0, MAX_MESSAGE_LENGTH);
  }

  /** What one who has asked {@code peer} for {@code key} throws. */
  public RuntimeException exception(String peer, String key, String sentence) {
    return switch (this) {
      case KEY_NOT_FOUND -> new KeyNotFoundException(key);
      case LOAD_FAILED ->
          new LoadException(
              "Peer " + peer + ": " + LogText.oneLine(sentence, MAX_MESSAGE_LENGTH), null);
      case UNAUTHORIZED ->
          new PeerFailure(
              "Peer "
                  + peer
                  + " answered with status 401; perhaps its groupcache.security.shared-secret is"
                  + " another one: "
                  + sentence,
              null,
              anotherPeerMayAnswer,
              health);
      default ->
          new PeerFailure(
              "Peer " + peer + " answered with status " + status + ": " + sentence,
              null,
              anotherPeerMayAnswer,
              health);
    };
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }
}
