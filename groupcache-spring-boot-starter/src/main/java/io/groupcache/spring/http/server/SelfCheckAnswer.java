package io.groupcache.spring.http.server;

import io.groupcache.spring.http.wire.ProcessId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Says which process this is to a peer that asks whether it has reached itself. */
final class SelfCheckAnswer {

  private final ProcessId process;

  SelfCheckAnswer(ProcessId process) {
    this.process = process;
  }

  /** Whether {@code request} asks for it. */
  static boolean isWanted(HttpServletRequest request) {
    return request.getHeader(ProcessId.QUESTION_HEADER) != null;
  }

  void send(HttpServletResponse response) {
    response.setHeader(ProcessId.HEADER, process.toString());
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
