package io.groupcache.spring.http.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.groupcache.groupcachepb.GetManyResponse;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.http.wire.AnswerBody;
import io.groupcache.spring.http.wire.KeyAnswer;
import io.groupcache.spring.http.wire.KeyResponses;
import io.groupcache.spring.http.wire.LoadingHeaders;
import io.groupcache.spring.http.wire.PeerError;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.PeerFailure.Health;
import io.groupcache.spring.http.wire.ValueMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;

/** What one peer's HTTP responses mean: the one place where they are understood. */
final class PeerAnswers {

  /** What it may answer when it has understood a request about many keys. */
  private static final Set<PeerError> OF_MANY_KEYS =
      EnumSet.of(
          PeerError.UNAUTHORIZED,
          PeerError.FORBIDDEN,
          PeerError.NO_SUCH_GROUP,
          PeerError.OVERLOADED);

  private static final String NO_SUCH_GROUP_IN_GO = "no such group: ";

  private final String peer;
  private final int maxValueBytes;

  PeerAnswers(String peer, int maxValueBytes) {
    this.peer = peer;
    this.maxValueBytes = maxValueBytes;
  }

  /** What the response to a GET says of {@code key}. */
  KeyAnswer ofGet(ClientHttpResponse response, String key) throws IOException {
    if (response.getStatusCode().value() != 200) {
      return refusal(response, key);
    }
    int maxBytes = ValueMessage.maxBytes(maxValueBytes);
    GetResponse message;
    try {
      message = ValueMessage.parse(body(response, maxBytes));
    } catch (InvalidProtocolBufferException e) {
      throw lie("with no GetResponse", e);
    }
    if (!message.hasValue() && hasMore(message)) {
      // Bytes that are no GetResponse can look like one with nothing in it but other fields.
      throw lie("with a GetResponse that has no value", null);
    }
    return value(message);
  }

  /**
   * What the response to a question about many keys, or to a wait, says of each of them; null where
   * it says nothing of one. Null as a whole where the peer does not know such requests.
   *
   * @param keys the keys; of a wait, what the loads are for
   * @param isWait whether it may leave out some
   */
  @Nullable KeyAnswer @Nullable [] ofMany(
      ClientHttpResponse response, List<String> keys, boolean isWait) throws IOException {
    if (response.getStatusCode().value() != 200 || !isProtobuf(response.getHeaders())) {
      if (isNoneOfManyKeys(response)) {
        return null;
      }
      if (refusal(response, keys.get(0)) instanceof KeyAnswer.Failed failed) {
        throw failed.failure();
      }
      throw lie("a request about many keys as one about one", null);
    }
    GetManyResponse message;
    try {
      message =
          KeyResponses.parse(body(response, KeyResponses.maxBytes(keys.size(), maxValueBytes)));
    } catch (InvalidProtocolBufferException e) {
      throw lie("with what can't be read", e);
    }
    @Nullable KeyAnswer[] answers = new KeyAnswer[keys.size()];
    for (KeyResponse each : message.getKeyList()) {
      int index = each.getIndex();
      if (!each.hasIndex() || index < 0 || index >= answers.length || answers[index] != null) {
        throw lie("about what it was not asked", null);
      }
      answers[index] = ofKey(each, message.getProcess(), keys.get(index), isWait);
    }
    if (!isWait && message.getKeyCount() < answers.length) {
      throw lie("without a word about " + (answers.length - message.getKeyCount()) + " keys", null);
    }
    return answers;
  }

  private KeyAnswer ofKey(KeyResponse response, long process, String key, boolean isWait) {
    boolean value = response.hasResponse() && response.getResponse().hasValue();
    int says = (value ? 1 : 0) + (response.hasError() ? 1 : 0) + (response.hasLoading() ? 1 : 0);
    if (says > 1 || (says == 0 && !isWait)) {
      throw lie("with neither a value nor an error, or both", null);
    }
    if (value) {
      return value(response.getResponse());
    } else if (response.hasLoading()) {
      return new KeyAnswer.Loading(process, response.getLoading());
    } else if (response.hasError()) {
      return failure(response, key);
    }
    return new KeyAnswer.Again(true);
  }

  private KeyAnswer failure(KeyResponse response, String key) {
    String sentence = PeerError.shortened(response.getMessage());
    return PeerError.of(response.getError())
        .map(error -> ofError(error, key, sentence))
        .orElseGet(() ->
            new KeyAnswer.Failed(
                new PeerFailure(
                    "Peer " + peer + " gave no value: " + sentence, null, true, Health.UNKNOWN)));
  }

  /** Whether a response has what none has that says nothing of a value. */
  private static boolean hasMore(GetResponse response) {
    return !response.getUnknownFields().asMap().isEmpty()
        || response.hasTimeLeftMillis()
        || response.hasAgeMillis()
        || response.hasHeldMillis()
        || response.hasStale();
  }

  private KeyAnswer value(GetResponse response) {
    return response.getValue().size() <= maxValueBytes
        ? new KeyAnswer.Value(response)
        : new KeyAnswer.Failed(
            new PeerFailure("Peer " + peer + " answered " + tooMuch(), null, false, Health.WELL));
  }

  private KeyAnswer ofError(PeerError error, String key, String sentence) {
    return error == PeerError.STILL_LOADING
        ? new KeyAnswer.Again(true)
        : new KeyAnswer.Failed(error.exception(peer, key, sentence));
  }

  private KeyAnswer refusal(ClientHttpResponse response, String key) throws IOException {
    int status = response.getStatusCode().value();
    PeerError error = PeerError.of(status, code(response)).orElse(null);
    String sentence = message(response); // read in any case, so that the connection can be kept
    if (status == 504) {
      KeyAnswer.Loading load =
          LoadingHeaders.read(response.getHeaders().getFirst(LoadingHeaders.LOADING));
      return load != null ? load : new KeyAnswer.Again(code(response) != null);
    }
    if (error != null) {
      return ofError(error, key, sentence);
    }
    String answer = "Peer " + peer + " answered with status " + status;
    if (isAboutTheRequest(status) || isRedirectOfGo(response)) {
      return failed(answer + ": " + sentence, false, Health.WELL);
    }
    if (status == 404 && sentence.startsWith(NO_SUCH_GROUP_IN_GO)) {
      return failed(answer + ": " + sentence, true, Health.WELL);
    }
    return failed(answer + guess(status) + ": " + sentence, true, Health.ILL);
  }

  private static KeyAnswer failed(String message, boolean anotherPeerMayAnswer, Health health) {
    return new KeyAnswer.Failed(new PeerFailure(message, null, anotherPeerMayAnswer, health));
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
   * Whether a peer can't have understood a request about many keys: one in Go, or what stands in
   * its place.
   */
  private static boolean isNoneOfManyKeys(ClientHttpResponse response) throws IOException {
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

  private AnswerBody body(ClientHttpResponse response, int maxBytes) throws IOException {
    HttpHeaders headers = response.getHeaders();
    if (!isProtobuf(headers)) {
      throw lie("with " + headers.getContentType() + " instead of a protobuf message", null);
    }
    long length = headers.getContentLength();
    if (length < 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
      throw lie("with no length: a half of that can't be told from the whole", null);
    }
    if (length > maxBytes && length <= Integer.MAX_VALUE) { // more than that no peer can hold
      throw new PeerFailure("Peer " + peer + " answered " + tooMuch(), null, false, Health.WELL);
    }
    AnswerBody body = AnswerBody.read(response.getBody(), length, maxBytes);
    if (body.length() > maxBytes) {
      throw lie(tooMuch(), null);
    }
    return body;
  }

  private String tooMuch() {
    return "with more than groupcache.client.max-response-size, which is "
        + maxValueBytes
        + " bytes";
  }

  private PeerFailure lie(String how, @Nullable Throwable cause) {
    return new PeerFailure("Peer " + peer + " answered " + how, cause, true, Health.ILL);
  }

  private static boolean isProtobuf(HttpHeaders headers) {
    return PeerRequests.PROTOBUF.equalsTypeAndSubtype(headers.getContentType());
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
