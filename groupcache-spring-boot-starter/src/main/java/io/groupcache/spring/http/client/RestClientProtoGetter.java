package io.groupcache.spring.http.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.groupcache.GetContext;
import io.groupcache.GroupCacheException;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.spring.http.wire.ManyKeys;
import io.groupcache.spring.http.wire.PeerFailure;
import io.groupcache.spring.http.wire.PeerFailure.Health;
import io.groupcache.spring.http.wire.PeerPath;
import io.groupcache.spring.http.wire.PeerTimeout;
import io.groupcache.spring.http.wire.ValueMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

/** Asks one peer for values over HTTP. Safe for use from many threads. */
public final class RestClientProtoGetter implements PeerWay {

  public static final MediaType PROTOBUF = MediaType.valueOf("application/x-protobuf");

  /**
   * A peer that has so long says at least that its getter takes longer; one that says nothing is
   * ill.
   */
  private static final Duration ENOUGH_TIME = Duration.ofMillis(200);

  private static final long ONE_BY_ONE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final String CONTEXT_ATTRIBUTE = GetContext.class.getName();

  private final RestClient restClient;
  private final String peer;
  private final String urlPrefix;
  private final int maxResponseBytes;

  /** Until when, in the time of {@link System#nanoTime}, the peer is asked key by key. */
  private volatile long oneByOneUntil = System.nanoTime();

  /**
   * Makes a getter for one peer.
   *
   * @param restClient sends the requests; its time-outs bound them, and it must not follow
   *     redirects
   * @param peer the peer's base URL
   * @param basePath the path below it where peers answer, with a slash at both ends
   * @param maxResponseBytes how long the value in an answer may be
   */
  public RestClientProtoGetter(
      RestClient restClient, String peer, String basePath, int maxResponseBytes) {
    this.restClient = restClient;
    this.peer = peer;
    this.urlPrefix = peer + basePath;
    this.maxResponseBytes = maxResponseBytes;
  }

  /**
   * The context of the get for which a request to a peer is made, for use in a {@link
   * org.springframework.http.client.ClientHttpRequestInterceptor}.
   */
  public static Optional<GetContext> contextOf(HttpRequest request) {
    return Optional.ofNullable((GetContext) request.getAttributes().get(CONTEXT_ATTRIBUTE));
  }

  @Override
  public GetResponse get(GetContext context, GetRequest request) {
    Optional<Duration> start = context.remaining();
    URI uri = URI.create(urlPrefix + new PeerPath(request.getGroup(), request.getKey()).encoded());
    try {
      return restClient
          .get()
          .uri(uri)
          .headers(headers -> addTimeout(context, headers))
          .attribute(CONTEXT_ATTRIBUTE, context)
          .exchangeForRequiredValue((sent, response) -> read(response, request));
    } catch (GroupCacheException answered) {
      throw answered;
    } catch (RuntimeException e) {
      throw failed(e, start);
    }
  }

  /** Until the peer refuses such a request, and then again after a while: it may be another. */
  @Override
  public boolean takesMany() {
    return System.nanoTime() - oneByOneUntil >= 0;
  }

  @Override
  public @Nullable ManyKeysReader ask(GetContext context, String group, List<String> keys) {
    Optional<Duration> start = context.remaining();
    try {
      return restClient
          .post()
          .uri(URI.create(urlPrefix + PeerPath.encodedGroup(group)))
          .headers(headers -> addTimeout(context, headers))
          .attribute(CONTEXT_ATTRIBUTE, context)
          .contentType(PROTOBUF)
          .body(ManyKeys.encode(keys))
          .exchange((sent, response) -> open(response, keys, start), false);
    } catch (GroupCacheException answered) {
      throw answered;
    } catch (RuntimeException e) {
      throw failed(e, start);
    }
  }

  private @Nullable ManyKeysReader open(
      ClientHttpResponse response, List<String> keys, Optional<Duration> time) throws IOException {
    ManyKeysReader reader = null;
    try {
      if (response.getStatusCode().value() == 200 && isProtobuf(response.getHeaders())) {
        checkLength(response.getHeaders());
        reader = new ManyKeysReader(peer, response, keys, maxResponseBytes, isEnough(time));
      } else if (PeerRefusal.isOfManyKeys(response)) {
        oneByOneUntil = System.nanoTime() + ONE_BY_ONE_NANOS;
      } else {
        throw PeerRefusal.read(response, peer, keys.get(0));
      }
      return reader;
    } finally {
      if (reader == null) {
        response.close();
      }
    }
  }

  /** It does: what sends it keeps to the header that says how much time there is. */
  @Override
  public boolean endsInTime() {
    return true;
  }

  private static void addTimeout(GetContext context, HttpHeaders headers) {
    context.remaining().ifPresent(left -> headers.set(PeerTimeout.HEADER, PeerTimeout.write(left)));
  }

  private PeerFailure failed(RuntimeException failure, Optional<Duration> time) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    boolean wasNotAsked = cause instanceof ConnectionRequestTimeoutException;
    return PeerFailure.ofRequest(peer, failure, cause, wasNotAsked || !isEnough(time));
  }

  private static boolean isEnough(Optional<Duration> time) {
    return time.filter(given -> given.compareTo(ENOUGH_TIME) < 0).isEmpty();
  }

  private PeerFailure lie(String answer, @Nullable Throwable cause) {
    return new PeerFailure("Peer " + peer + " answered " + answer, cause, true, Health.ILL);
  }

  private GetResponse read(ClientHttpResponse response, GetRequest request) throws IOException {
    if (response.getStatusCode().value() != 200) {
      throw PeerRefusal.read(response, peer, request.getKey());
    }
    HttpHeaders headers = response.getHeaders();
    if (!isProtobuf(headers)) {
      throw lie("with " + headers.getContentType() + " instead of " + PROTOBUF, null);
    }
    checkLength(headers);
    long length = headers.getContentLength();
    int maxBytes = ValueMessage.maxBytes(maxResponseBytes);
    if (length > maxBytes && length <= Integer.MAX_VALUE) { // more than that no peer can hold
      throw tooLong();
    }
    AnswerBody body = AnswerBody.read(response.getBody(), length, maxBytes);
    if (body.length() > maxBytes) {
      throw lie(tooMuch(), null);
    }
    GetResponse message = parse(body);
    if (message.getValue().size() > maxResponseBytes) {
      throw tooLong();
    }
    return message;
  }

  private PeerFailure tooLong() {
    return new PeerFailure("Peer " + peer + " answered " + tooMuch(), null, false, Health.WELL);
  }

  private static boolean isProtobuf(HttpHeaders headers) {
    return PROTOBUF.equalsTypeAndSubtype(headers.getContentType());
  }

  private void checkLength(HttpHeaders headers) {
    if (headers.getContentLength() < 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
      throw lie("with no length: a half of that can't be told from the whole", null);
    }
  }

  private String tooMuch() {
    return "with more than groupcache.client.max-response-size, which is "
        + maxResponseBytes
        + " bytes";
  }

  private GetResponse parse(AnswerBody body) {
    GetResponse message;
    try {
      message = ValueMessage.parse(body);
    } catch (InvalidProtocolBufferException e) {
      throw lie("with no GetResponse", e);
    }
    if (!message.hasValue() && !message.getUnknownFields().asMap().isEmpty()) {
      // Bytes that are no GetResponse can look like one with nothing in it but fields unheard of.
      throw lie("with a GetResponse that has no value", null);
    }
    return message;
  }
}
