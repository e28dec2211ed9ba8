package io.groupcache.spring.http.server;

import io.groupcache.ByteView;
import io.groupcache.GetContext;
import io.groupcache.GetResult;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.KeyNotFoundException;
import io.groupcache.groupcachepb.ChangeId;
import io.groupcache.groupcachepb.GetManyRequest;
import io.groupcache.groupcachepb.WaitRequest;
import io.groupcache.spring.http.PeerContextFactory;
import io.groupcache.spring.http.server.PromisedLoad.Outcome;
import io.groupcache.spring.http.wire.ChangesHeader;
import io.groupcache.spring.http.wire.LoadingHeaders;
import io.groupcache.spring.http.wire.MalformedRequestException;
import io.groupcache.spring.http.wire.ManyKeys;
import io.groupcache.spring.http.wire.PeerError;
import io.groupcache.spring.http.wire.PeerPath;
import io.groupcache.spring.http.wire.PeerTimeout;
import io.groupcache.spring.http.wire.ProcessId;
import io.groupcache.spring.http.wire.SharedSecret;
import io.groupcache.spring.http.wire.ValueMessage;
import io.groupcache.spring.http.wire.Waits;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Answers peers: {@code GET {base-path}{group}/{key}}, with a protobuf message, {@code POST
 * {base-path}{group}} about many keys, and {@code POST {base-path}}, which waits for loads. What is
 * at hand is answered at once; no load keeps a thread of the server waiting. Spring MVC, or the
 * servlet on the peers' own port, leads to it.
 */
@RestController
public final class PeerController implements AutoCloseable {

  /** Where golang/groupcache answers, and so does this unless it is told otherwise. */
  public static final String DEFAULT_BASE_PATH = "/_groupcache/";

  static final String PROTOBUF = ValueMessage.CONTENT_TYPE;
  private static final String NO_QUERY = "There is no query here; a '?' in a key is %3F";

  /** How long a question is held with which nothing is at hand: many loads are over by then. */
  private static final Duration QUESTION_HOLD = Duration.ofMillis(10);

  private final GroupCache groupCache;
  private final String basePath;
  private final PeerContextFactory contexts;
  private final SharedSecret secret;
  private final FailureMessages failures;
  private final Duration timeout;
  private final ProcessId process;
  private final TwinWarning twin;
  private final NoAsyncWarning noAsync = new NoAsyncWarning();
  private final SelfCheckAnswer selfCheck;
  private final AnswerThreads threads = new AnswerThreads();
  private final PromisedLoads promised = new PromisedLoads(threads);
  private final LoadsForPeers loads;
  private final ManyKeysAnswers manyKeys;
  private final WaitAnswers waits;
  private final ChangeAnswers changes;
  private final UnprovenChanges unproven;

  /**
   * Makes a controller.
   *
   * @param groupCache has the groups that peers may ask
   * @param basePath the path where it answers, with a slash at both ends
   * @param contexts makes the context of each get
   * @param secret has to come with every request
   * @param failures says what a peer is told of a failed load
   * @param maxConcurrentRequests how many loads peers may start here at a time; further ones are
   *     refused
   * @param timeout how long a load may take
   * @param process names this process; the same by which it asks others
   * @param maxValueBytes how many bytes a value may have that a peer sends
   * @param goodbyes is told the base URL of each peer that leaves the ring
   */
  public PeerController(
      GroupCache groupCache,
      String basePath,
      PeerContextFactory contexts,
      SharedSecret secret,
      FailureMessages failures,
      int maxConcurrentRequests,
      Duration timeout,
      ProcessId process,
      int maxValueBytes,
      Consumer<String> goodbyes) {
    this.groupCache = groupCache;
    this.basePath = basePath;
    this.contexts = contexts;
    this.secret = secret;
    this.failures = failures;
    this.timeout = timeout;
    this.process = process;
    this.twin = new TwinWarning(process);
    this.selfCheck = new SelfCheckAnswer(process);
    this.loads = new LoadsForPeers(promised, threads, timeout.toNanos(), maxConcurrentRequests);
    PeerProof proof = new PeerProof(secret);
    this.unproven = new UnprovenChanges(proof);
    this.manyKeys = new ManyKeysAnswers(groupCache, process, promised, loads, threads, unproven);
    this.waits = new WaitAnswers(process, promised, threads);
    this.changes = new ChangeAnswers(groupCache, proof, unproven, maxValueBytes, goodbyes);
  }

  /**
   * Answers a request below the base path: with a value, or with a status, a header for programs
   * and a sentence for people.
   */
  public void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try {
      if (!secret.admits(request.getHeader(SharedSecret.HEADER))) {
        Refusal.sendUnauthorized(response);
        return;
      }
      noAsync.check(request);
      if (SelfCheckAnswer.isWanted(request)) {
        selfCheck.send(response);
      } else if (request.getMethod().equals("POST")) {
        post(request, response);
      } else if (!request.getMethod().equals("GET")) {
        Refusal.sendOnlyGet(response);
      } else {
        get(request, response);
      }
    } catch (MalformedRequestException malformed) {
      Refusal.send(response, PeerError.BAD_REQUEST, malformed.getMessage());
    }
  }

  /** Names the process that answers. */
  public ProcessId processId() {
    return process;
  }

  /** Waits until the loads that peers have been told of are fetched, so long at most. */
  void awaitPromisedLoads(Duration atMost) {
    promised.awaitThoseOfNow(atMost);
  }

  /** Ends the threads that answer what is held. */
  @Override
  public void close() {
    threads.close();
  }

  /** How many more loads peers could start here. */
  int freePermits() {
    return loads.freePermits();
  }

  private void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
    check(!hasBody(request), "A GET has no body here");
    check(request.getQueryString() == null, NO_QUERY);
    PeerPath path = PeerPath.parse(belowBasePath(request));
    long start = System.nanoTime();
    Optional<Group> found = groupCache.findGroupBetweenPeers(path.group());
    if (found.isEmpty()) {
      sendNoSuchGroup(response, path.group());
      return;
    }
    Optional<Duration> time = PeerTimeout.of(request.getHeader(PeerTimeout.HEADER));
    String asker = request.getHeader(LoadingHeaders.ASKER);
    GetContext context = contexts.create(request);
    if (asker == null) {
      context = context.asPeer();
    } else {
      long id = ProcessId.parse(asker);
      twin.check(id, request);
      changes.noteNewcomer(request, id);
      context = context.asPeer(id);
    }
    List<ChangeId> known = ChangesHeader.read(request.getHeader(ChangesHeader.HEADER));
    if (!known.isEmpty()
        && !unproven.admit(
            request, () -> groupCache.countForgotten(found.get().name(), path.key(), known))) {
      UnprovenChanges.refuse(response);
      return;
    }
    GetResult held;
    try {
      held =
          found
              .get()
              .getIfPresent(
                  known.isEmpty() ? context : context.withChanges(key -> known), path.key());
    } catch (KeyNotFoundException remembered) {
      Refusal.send(response, PeerError.KEY_NOT_FOUND, remembered.getMessage());
      return;
    }
    if (held != null) {
      send(response, held, start);
      return;
    }
    PromisedLoad load =
        loads
            .begin(
                found.get(), context, List.of(path.key()), List.of(), failures.messagesFor(request))
            .get(0);
    new HeldRequest(List.of(load), later -> send(later, load, asker != null, start), threads)
        .hold(request, response, holdOf(time, asker != null).toNanos());
  }

  /** How long a GET is held: one that does not know how to wait, until its value is there. */
  private Duration holdOf(Optional<Duration> time, boolean canWait) {
    Duration most = canWait ? QUESTION_HOLD : timeout;
    // The rest is for the way back, so that the asker hears something.
    return time.map(asked -> asked.multipliedBy(canWait ? 5 : 9).dividedBy(10))
        .filter(asked -> asked.compareTo(most) < 0)
        .orElse(most);
  }

  private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = belowBasePath(request);
    if (path.indexOf('/') >= 0) {
      Refusal.sendOnlyGet(response); // it is about one key
      return;
    }
    check(request.getQueryString() == null, NO_QUERY);
    // As the header says: a filter hides the type from all that would parse the body.
    check(
        PROTOBUF.equals(request.getHeader(HttpHeaders.CONTENT_TYPE)),
        "A POST has the Content-Type " + PROTOBUF);
    Duration time = PeerTimeout.of(request.getHeader(PeerTimeout.HEADER)).orElse(timeout);
    if (path.isEmpty() && ChangeAnswers.isWanted(request)) {
      changes.answer(readBody(request, changes.maxBytes(request)), request, response);
      return;
    } else if (path.isEmpty()) {
      WaitRequest wait = Waits.parse(readBody(request, ManyKeys.MAX_REQUEST_BYTES));
      Duration half = time.dividedBy(2);
      waits.answer(wait, request, response, half.compareTo(Waits.HOLD) < 0 ? half : Waits.HOLD);
      return;
    }
    String group = PeerPath.parseGroup(path).orElseThrow();
    GetManyRequest question = ManyKeys.parse(readBody(request, ManyKeys.MAX_REQUEST_BYTES));
    Optional<Group> found = groupCache.findGroupBetweenPeers(group);
    if (found.isEmpty()) {
      sendNoSuchGroup(response, group);
      return;
    }
    twin.check(question.getAsker(), request);
    changes.noteNewcomer(request, question.getAsker());
    manyKeys.answer(
        found.get(),
        question,
        contexts.create(request).asPeer(question.getAsker()),
        failures.messagesFor(request),
        request,
        response,
        holdOf(Optional.of(time), true));
  }

  /** The body, or so much of it as tells that it is too long. */
  private static byte[] readBody(HttpServletRequest request, int maxBytes) {
    byte[] body;
    try {
      body = request.getInputStream().readNBytes(maxBytes + 1);
    } catch (IOException e) { // it ends early, or comes too slowly: no failure of this server
      throw new MalformedRequestException("The body can't be read to its end", e);
    }
    check(body.length <= maxBytes, "A request has at most " + maxBytes + " bytes");
    return body;
  }

  private void send(HttpServletResponse response, PromisedLoad load, boolean canWait, long start)
      throws IOException {
    Outcome outcome = load.outcome();
    if (outcome != null || !canWait) {
      promised.remove(load);
    }
    if (outcome instanceof Outcome.Value value) {
      send(response, value.result(), start);
    } else if (outcome instanceof Outcome.Failure failure) {
      PeerError error = failure.error();
      // Where it is not this key's last word, no header tells the asker not to try elsewhere.
      Refusal.send(
          response,
          error == null ? 503 : error.status(),
          error == null ? null : error.code(),
          failure.sentence());
    } else {
      if (canWait) {
        response.setHeader(LoadingHeaders.LOADING, LoadingHeaders.write(process, load.id()));
      }
      Refusal.send(
          response,
          PeerError.STILL_LOADING,
          "Key '" + load.key() + "' is still loading: ask again");
    }
  }

  private static void sendNoSuchGroup(HttpServletResponse response, String group)
      throws IOException {
    Refusal.send(response, PeerError.NO_SUCH_GROUP, "There is no group '" + group + "' here");
  }

  private static void send(HttpServletResponse response, GetResult result, long start)
      throws IOException {
    ByteView value = result.value();
    byte[] head = ValueMessage.head(result, System.nanoTime() - start);
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
      throw new MalformedRequestException("The base path has to be sent unescaped: " + basePath);
    }
    return path.substring(basePath.length());
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0
        || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
  }

  private static void check(boolean ok, String sentence) {
    if (!ok) {
      throw new MalformedRequestException(sentence);
    }
  }
}
