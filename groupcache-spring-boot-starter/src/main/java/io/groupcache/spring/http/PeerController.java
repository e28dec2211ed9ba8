package io.groupcache.spring.http;

import io.groupcache.ByteView;
import io.groupcache.DeadlineExceededException;
import io.groupcache.GetContext;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.GroupCacheException;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Answers peers: {@code GET {base-path}{group}/{key}}, with a protobuf message. {@link
 * PeerHandlerMapping} leads to it.
 */
@RestController
public final class PeerController {

  /** Where golang/groupcache answers, and so does this unless it is told otherwise. */
  public static final String DEFAULT_BASE_PATH = "/_groupcache/";

  private static final String PROTOBUF = RestClientProtoGetter.PROTOBUF.toString();

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
    if (!secret.admits(request)) {
      Refusal.sendUnauthorized(response);
    } else if (!request.getMethod().equals("GET")) {
      response.setHeader(HttpHeaders.ALLOW, "GET");
      Refusal.send(response, 405, PeerError.BAD_REQUEST.code(), Refusal.ONLY_GET);
    } else if (hasBody(request)) {
      Refusal.send(response, PeerError.BAD_REQUEST, "A GET has no body here");
    } else if (request.getQueryString() != null) {
      Refusal.send(
          response, PeerError.BAD_REQUEST, "There is no query here; a '?' in a key is %3F");
    } else {
      // Written when its permit is free again: who does not read it must not keep others waiting.
      answer(request).send(response);
    }
  }

  private Answer answer(HttpServletRequest request) {
    if (!permits.tryAcquire()) {
      return refusal(
          PeerError.OVERLOADED,
          "This peer is answering as many others as groupcache.server.max-concurrent-requests"
              + " allows");
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
      return refusal(PeerError.NO_SUCH_GROUP, "There is no group '" + path.group() + "' here");
    }
    try {
      GetContext context = PeerTimeout.limit(contexts.create(request), request).asPeer();
      ByteView value = group.get().get(context, path.key());
      return response -> send(response, value);
    } catch (IllegalArgumentException e) { // of the time-out, or the key, that is
      return refusal(PeerError.BAD_REQUEST, e.getMessage());
    } catch (DeadlineExceededException e) {
      return refusal(PeerError.DEADLINE_EXCEEDED, e.getMessage());
    } catch (KeyNotFoundException e) {
      return refusal(PeerError.KEY_NOT_FOUND, e.getMessage());
    } catch (LoadException e) {
      return refusal(PeerError.LOAD_FAILED, failures.tell(request, path, e));
    } catch (GroupCacheException | IllegalStateException e) {
      // Not this key's last word: no header tells the asker not to try elsewhere.
      String sentence = "This peer can't answer now: " + e.getMessage();
      return response -> Refusal.send(response, 503, null, sentence);
    }
  }

  private static Answer refusal(PeerError error, @Nullable String sentence) {
    return response -> Refusal.send(response, error, sentence);
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
