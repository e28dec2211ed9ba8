package io.groupcache.spring.http;

import io.groupcache.ByteView;
import io.groupcache.DeadlineExceededException;
import io.groupcache.GetContext;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.GroupCacheException;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.groupcachepb.GetResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
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
   * @param maxConcurrentRequests how many requests it answers at a time; others are refused
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
      answerIfNotOverloaded(request, response);
    }
  }

  private void answerIfNotOverloaded(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!permits.tryAcquire()) {
      Refusal.send(
          response,
          PeerError.OVERLOADED,
          "This peer is answering as many others as groupcache.server.max-concurrent-requests"
              + " allows");
      return;
    }
    try {
      answer(request, response);
    } finally {
      permits.release();
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    PeerPath path;
    try {
      path = PeerPath.parse(belowBasePath(request));
    } catch (IllegalArgumentException e) {
      Refusal.send(response, PeerError.BAD_REQUEST, e.getMessage());
      return;
    }
    Optional<Group> group = groupCache.findGroup(path.group());
    if (group.isEmpty()) {
      Refusal.send(
          response, PeerError.NO_SUCH_GROUP, "There is no group '" + path.group() + "' here");
      return;
    }
    ByteView value;
    try {
      GetContext context = PeerTimeout.limit(contexts.create(request), request).asPeer();
      value = group.get().get(context, path.key());
    } catch (IllegalArgumentException e) { // of the time-out, or the key, that is
      Refusal.send(response, PeerError.BAD_REQUEST, e.getMessage());
      return;
    } catch (DeadlineExceededException e) {
      Refusal.send(response, PeerError.DEADLINE_EXCEEDED, e.getMessage());
      return;
    } catch (KeyNotFoundException e) {
      Refusal.send(response, PeerError.KEY_NOT_FOUND, e.getMessage());
      return;
    } catch (LoadException e) {
      Refusal.send(response, PeerError.LOAD_FAILED, failures.tell(request, path, e));
      return;
    } catch (GroupCacheException | IllegalStateException e) {
      // Not this key's last word: no header tells the asker not to try elsewhere.
      Refusal.send(response, 503, null, "This peer can't answer now: " + e.getMessage());
      return;
    }
    send(response, value);
  }

  private static void send(HttpServletResponse response, ByteView value) throws IOException {
    GetResponse message = GetResponse.newBuilder().setValue(value.toByteString()).build();
    response.setContentType(RestClientProtoGetter.PROTOBUF.toString());
    response.setContentLength(message.getSerializedSize());
    message.writeTo(response.getOutputStream());
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
}
