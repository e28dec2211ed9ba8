package io.groupcache.spring.http.server;

import io.groupcache.GroupCache;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.spring.http.wire.ExchangeMessage;
import io.groupcache.spring.http.wire.LoadingHeaders;
import io.groupcache.spring.http.wire.MalformedRequestException;
import io.groupcache.spring.http.wire.PeerError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Takes what peers say of changes, and answers it. Values are taken from peers only that have
 * proved who they are; removals from all who may get, at a bounded rate where they have not. Safe
 * for use from many threads.
 */
final class ChangeAnswers {

  private final GroupCache groupCache;
  private final PeerProof proof;
  private final int maxValueBytes;
  private final Consumer<String> goodbyes;
  private final UnprovenChanges unproven;

  /**
   * Makes one.
   *
   * @param goodbyes is told the base URL of each peer that says goodbye
   */
  ChangeAnswers(
      GroupCache groupCache,
      PeerProof proof,
      UnprovenChanges unproven,
      int maxValueBytes,
      Consumer<String> goodbyes) {
    this.groupCache = groupCache;
    this.proof = proof;
    this.unproven = unproven;
    this.maxValueBytes = maxValueBytes;
    this.goodbyes = goodbyes;
  }

  static boolean isWanted(HttpServletRequest request) {
    return request.getHeader(ExchangeMessage.HEADER) != null;
  }

  /** How long a message may be from whoever sends {@code request}. */
  int maxBytes(HttpServletRequest request) {
    return proof.isGiven(request)
        ? ExchangeMessage.maxBytes(maxValueBytes)
        : ExchangeMessage.MAX_BYTES;
  }

  /** A process asks that was started a moment ago, if it says so. */
  void noteNewcomer(HttpServletRequest request, long process) {
    String url = request.getHeader(LoadingHeaders.ASKER_URL);
    if (url != null) {
      groupCache.noteNewcomer(url, process, proof.isGiven(request));
    }
  }

  void answer(byte[] body, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Exchange said = ExchangeMessage.parse(body);
    if (!proof.isGiven(request) && ExchangeMessage.hasValue(said)) {
      Refusal.send(
          response,
          PeerError.FORBIDDEN,
          "Values are taken from peers only that show a secret or a certificate");
      return;
    } else if (!unproven.admit(request, () -> groupCache.countForgotten(said))) {
      UnprovenChanges.refuse(response);
      return;
    }
    byte[] answer;
    try {
      answer = groupCache.answer(said).toByteArray();
    } catch (IllegalArgumentException senseless) {
      throw new MalformedRequestException(String.valueOf(senseless.getMessage()), senseless);
    }
    if (said.getGoodbye()) {
      goodbyes.accept(said.getUrl());
    }
    response.setContentType(PeerController.PROTOBUF);
    response.setContentLength(answer.length);
    response.getOutputStream().write(answer);
  }
}
