package io.groupcache.spring.http.server;

import io.groupcache.ByteView;
import io.groupcache.GetContext;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.spring.http.PeerContextFactory;
import io.groupcache.spring.http.client.RestClientProtoGetter;
import io.groupcache.spring.http.wire.ManyKeys;
import io.groupcache.spring.http.wire.PeerError;
import io.groupcache.spring.http.wire.PeerPath;
import io.groupcache.spring.http.wire.PeerTimeout;
import io.groupcache.spring.http.wire.SharedSecret;
import io.groupcache.spring.http.wire.ValueMessage;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Answers peers: {@code GET {base-path}{group}/{key}}, with a protobuf message, and {@code POST
 * {base-path}{group}} about many keys, with one for each key as soon as it is there. {@link
 * PeerHandlerMapping} leads to it.
 */
@RestController
public final class PeerController {

  /** Where golang/groupcache answers, and so does this unless it is told otherwise. */
  public static final String DEFAULT_BASE_PATH = "/_groupcache/";

  private static final String PROTOBUF = RestClientProtoGetter.PROTOBUF.toString();
  private static final String NO_QUERY = "There is no query here; a '?' in a key is %3F";

  /** How many keys of one request are loaded at a time, at the most. */
  private static final int MAX_LOADS_OF_A_REQUEST = 64;

  private final GroupCache groupCache;
  private final String basePath;
  private final PeerContextFactory contexts;
  private final SharedSecret secret;
  private final FailureMessages failures;
  private final Semaphore permits;

  /**
   * Makes a controller.
   *
   * @param groupCache has the groups that peers may ask
   * @param basePath the path where it answers, with a slash at both ends
   * @param contexts makes the context of each get
   * @param secret has to come with every request
   * @param failures says what a peer is told of a failed load
   * @param maxConcurrentRequests how many values it gets at a time; further requests are refused
   */
  public PeerController(
      GroupCache groupCache,
      String basePath,
      PeerContextFactory contexts,
      SharedSecret secret,
      FailureMessages failures,
      int maxConcurrentRequests) {
    this.groupCache = groupCache;
    this.basePath = basePath;
    this.contexts = contexts;
    this.secret = secret;
    this.failures = failures;
    this.permits = new Semaphore(maxConcurrentRequests);
  }

  /**
   * Answers a request below the base path: with a value, or with a status, a header for programs
   * and a sentence for people.
   */
  public void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (!secret.admits(request.getHeader(SharedSecret.HEADER))) {
      Refusal.sendUnauthorized(response);
    } else if (request.getMethod().equals("POST")) {
      post(request, response);
    } else if (!request.getMethod().equals("GET")) {
      Refusal.sendOnlyGet(response);
    } else if (hasBody(request)) {
      Refusal.send(response, PeerError.BAD_REQUEST, "A GET has no body here");
    } else if (request.getQueryString() != null) {
      Refusal.send(response, PeerError.BAD_REQUEST, NO_QUERY);
    } else {
      // Written when its permit is free again: who does not read it must not keep others waiting.
      answer(request).send(response);
    }
  }

  /** How many values could be got at once, of those that are got at a time. */
  int freePermits() {
    return permits.availablePermits();
  }

  private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Map<String, Integer> indexes;
    String group;
    try {
      Optional<String> whole = PeerPath.parseGroup(belowBasePath(request));
      if (whole.isEmpty()) {
        Refusal.sendOnlyGet(response); // it is about one key
        return;
      }
      group = whole.get();
      if (request.getQueryString() != null) {
        throw new IllegalArgumentException(NO_QUERY);
      }
      indexes = ManyKeys.read(request);
    } catch (IllegalArgumentException e) {
      Refusal.send(response, PeerError.BAD_REQUEST, e.getMessage());
      return;
    }
    Optional<Group> found = groupCache.findGroup(group);
    if (found.isEmpty()) {
      noSuchGroup(group).send(response);
      return;
    }
    try (RequestPermits own =
        RequestPermits.take(permits, Math.min(indexes.size(), MAX_LOADS_OF_A_REQUEST))) {
      if (own.count() == 0) {
        overloaded().send(response);
      } else {
        getAll(request, response, found.get(), indexes, own);
      }
    }
  }

  private void getAll(
      HttpServletRequest request,
      HttpServletResponse response,
      Group group,
      Map<String, Integer> indexes,
      RequestPermits own)
      throws IOException {
    ManyKeysAnswer answer =
        new ManyKeysAnswer(
            response,
            indexes,
            (key, failure) -> failure(request, new PeerPath(group.name(), key), failure),
            own);
    try {
      group.getAll(context(request), indexes.keySet(), own.count(), answer);
    } catch (IllegalArgumentException | IllegalStateException e) { // the time-out; it is closed
      refusal(KeyFailure.of(e, load -> "")).send(response);
      return;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    answer.end();
  }

  private Answer answer(HttpServletRequest request) {
    if (!permits.tryAcquire()) {
      return overloaded();
    }
    try {
      return get(request);
    } finally {
      permits.release();
    }
  }

  private Answer get(HttpServletRequest request) {
    PeerPath path;
    try {
      path = PeerPath.parse(belowBasePath(request));
    } catch (IllegalArgumentException e) {
      return refusal(PeerError.BAD_REQUEST, e.getMessage());
    }
    Optional<Group> group = groupCache.findGroup(path.group());
    if (group.isEmpty()) {
      return noSuchGroup(path.group());
    }
    try {
      ByteView value = group.get().get(context(request), path.key());
      return response -> send(response, value);
    } catch (RuntimeException e) {
      return refusal(failure(request, path, e));
    }
  }

  private KeyFailure failure(HttpServletRequest request, PeerPath path, RuntimeException failure) {
    return KeyFailure.of(failure, load -> failures.tell(request, path, load));
  }

  private GetContext context(HttpServletRequest request) {
    return PeerTimeout.limit(contexts.create(request), request).asPeer();
  }

  private static Answer overloaded() {
    return refusal(
        PeerError.OVERLOADED,
        "This peer is answering as many others as groupcache.server.max-concurrent-requests"
            + " allows");
  }

  private static Answer noSuchGroup(String group) {
    return refusal(PeerError.NO_SUCH_GROUP, "There is no group '" + group + "' here");
  }

  private static Answer refusal(PeerError error, @Nullable String sentence) {
    return response -> Refusal.send(response, error, sentence);
  }

  private static Answer refusal(KeyFailure failure) {
    PeerError error = failure.error();
    return error != null
        ? refusal(error, failure.sentence())
        // Not this key's last word: no header tells the asker not to try elsewhere.
        : response -> Refusal.send(response, 503, null, failure.sentence());
  }

  private static void send(HttpServletResponse response, ByteView value) throws IOException {
    byte[] head = ValueMessage.head(value);
    response.setContentType(PROTOBUF);
    response.setContentLengthLong((long) head.length + value.length());
    ServletOutputStream out = response.getOutputStream();
    out.write(head);
    out.write(value.asByteBuffer());
  }

  /** The path below the base path, as the client sent it: a decoded one could not be split. */
  private String belowBasePath(HttpServletRequest request) {
    String path =
        ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication().value();
    if (!path.startsWith(basePath)) {
      throw new IllegalArgumentException("The base path has to be sent unescaped: " + basePath);
    }
    return path.substring(basePath.length());
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0
        || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
  }

  /** What a peer is answered, not yet written. */
  private interface Answer {

    void send(HttpServletResponse response) throws IOException;
  }
}
