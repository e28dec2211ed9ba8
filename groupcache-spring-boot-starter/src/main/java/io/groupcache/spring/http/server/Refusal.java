package io.groupcache.spring.http.server;

import io.groupcache.spring.http.wire.PeerError;
import io.groupcache.spring.http.wire.SharedSecret;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * An answer to a peer that is no value: a status, a header for programs, a sentence for people.
 * Each method writes the whole answer, so that it needs a response to which nothing has been
 * written, and throws the {@link IOException} of a peer that is gone. Safe for use from many
 * threads.
 */
public final class Refusal {

  /** The sentence where the method is not GET. */
  public static final String ONLY_GET = "Peers are asked with GET";

  /** The sentence where there is no more to say. */
  public static final String CANT_ANSWER = "This peer can't answer that";

  /** The sentence for those who are no peers, or ask for what peers don't. */
  public static final String ONLY_PEERS = "Only peers are answered here";

  private Refusal() {}

  /**
   * Refuses who has not proved to be a peer: the same for every request, so that nobody learns what
   * there is to ask for.
   */
  public static void sendUnauthorized(HttpServletResponse response) throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, SharedSecret.HEADER);
    send(response, PeerError.UNAUTHORIZED, ONLY_PEERS);
  }

  /** Refuses a method that peers are not asked with. */
  public static void sendOnlyGet(HttpServletResponse response) throws IOException {
    response.setHeader(HttpHeaders.ALLOW, "GET");
    send(response, 405, PeerError.BAD_REQUEST.code(), ONLY_GET);
  }

  /** Refuses with the status and the code of {@code error}. */
  public static void send(HttpServletResponse response, PeerError error, @Nullable String sentence)
      throws IOException {
    send(response, error.status(), error.code(), sentence);
  }

  /**
   * Refuses with a status.
   *
   * @param code what programs are told; null where the answer is not a peer's
   * @param sentence what people are told; shortened to what a peer reads
   */
  public static void send(
      HttpServletResponse response, int status, @Nullable String code, @Nullable String sentence)
      throws IOException {
    byte[] body = PeerError.shortened(String.valueOf(sentence)).getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    if (code != null) {
      response.setHeader(PeerError.HEADER, code);
    }
    response.setContentType("text/plain;charset=UTF-8");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
