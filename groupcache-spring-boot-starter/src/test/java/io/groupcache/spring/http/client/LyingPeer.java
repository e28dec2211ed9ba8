package io.groupcache.spring.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A peer that answers every request on a connection of its own with what a test gives it. */
final class LyingPeer implements AutoCloseable {

  private final ServerSocket server;
  private final Answer answer;
  private final boolean waitsForRequest;

  LyingPeer(Answer answer) throws IOException {
    this(answer, true);
  }

  private LyingPeer(Answer answer, boolean waitsForRequest) throws IOException {
    this.waitsForRequest = waitsForRequest;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.answer = answer;
    Thread thread = new Thread(this::serve, "lying-peer");
    thread.setDaemon(true);
    thread.start();
  }

  /** A peer that sends these bytes, and then closes the connection. */
  static LyingPeer saying(String response) throws IOException {
    return new LyingPeer(out -> out.write(response.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** A peer that speaks as soon as somebody connects. */
  static LyingPeer speakingFirst(Answer answer) throws IOException {
    return new LyingPeer(answer, false);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        if (waitsForRequest) {
          readRequest(socket.getInputStream());
        }
        answer.writeTo(socket.getOutputStream());
      } catch (IOException e) {
        // The client has hung up, as it should on some of these answers, or the test is over.
      }
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    int newlines = 0;
    while (newlines < 2) {
      int b = in.read();
      if (b == -1) {
        throw new IOException("No request");
      }
      newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  interface Answer {
    void writeTo(OutputStream out) throws IOException;
  }
}
