package io.groupcache.spring.http.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A peer that keeps its connections for a number of requests, and closes them without a word. */
final class KeepAlivePeer implements AutoCloseable {

  private static final String VALUE =
      "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 3\r\n\r\n"
          + "\n\u0001x";

  private final ServerSocket server;
  private final int requestsPerConnection;
  private final Runnable beforeAnswer;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  KeepAlivePeer(int requestsPerConnection, Runnable beforeAnswer) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.requestsPerConnection = requestsPerConnection;
    this.beforeAnswer = beforeAnswer;
    executor.execute(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  int connections() {
    return sockets.size();
  }

  long openConnections() {
    return sockets.stream().filter(socket -> !socket.isClosed()).count();
  }

  /** Answers nothing any longer on the connections that there are now. */
  void silenceConnections() {
    silent.addAll(sockets);
  }

  /** The heads of the requests that came so far. */
  List<String> requests() {
    return requests;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        executor.execute(() -> serve(socket));
      } catch (IOException e) {
        return; // the test is over
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (int i = 0; i < requestsPerConnection; i++) {
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); !"".equals(line); line = in.readLine()) {
          if (line == null) {
            return;
          }
          head.append(line).append('\n');
        }
        requests.add(head.toString());
        beforeAnswer.run();
        if (!silent.contains(socket)) {
          socket.getOutputStream().write(VALUE.getBytes(StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException e) {
      // The client has hung up.
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
