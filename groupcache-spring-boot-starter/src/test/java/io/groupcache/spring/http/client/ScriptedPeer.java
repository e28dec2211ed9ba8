package io.groupcache.spring.http.client;

import com.google.protobuf.ByteString;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A peer that answers one request with the bytes a test gives it, and all others as it should. It
 * serves one connection at a time.
 */
final class ScriptedPeer implements AutoCloseable {

  private final AtomicReference<@Nullable Script> script = new AtomicReference<>();
  private final ServerSocket server;
  private final Thread thread = new Thread(this::serve, "scripted-peer");

  ScriptedPeer() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread.setDaemon(true);
    thread.start();
  }

  private record Script(ByteString answer, boolean thenClose) {}

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** What the next request is answered with, in one write, and whether that ends its connection. */
  void answerNext(byte[] answer, boolean thenClose) {
    script.set(new Script(ByteString.copyFrom(answer), thenClose));
  }

  /** Answers as it should, whatever was to be said next. */
  void answerAsItShould() {
    script.set(null);
  }

  /** The value of a key that is answered as it should. */
  static String valueOf(String key) {
    return "value of " + key;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setTcpNoDelay(true);
        serve(socket);
      } catch (IOException e) {
        // The client has hung up, or the test is over.
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    for (String key = readKey(in); !key.isEmpty(); key = readKey(in)) {
      Script now = script.getAndSet(null);
      (now == null ? answer(key) : now.answer).writeTo(socket.getOutputStream());
      if (now != null && now.thenClose) {
        return;
      }
    }
  }

  private static ByteString answer(String key) {
    String value = valueOf(key);
    String message = "\n" + (char) value.length() + value;
    return ByteString.copyFrom(
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: "
            + message.length()
            + "\r\n\r\n"
            + message,
        StandardCharsets.ISO_8859_1);
  }

  /** Reads a request; the key it is about, or nothing at the end. */
  private static String readKey(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b == -1) {
        return "";
      }
      head.append((char) b);
    }
    String target = head.substring(0, head.indexOf(" HTTP/1.1\r\n"));
    return target.substring(target.lastIndexOf('/') + 1);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
