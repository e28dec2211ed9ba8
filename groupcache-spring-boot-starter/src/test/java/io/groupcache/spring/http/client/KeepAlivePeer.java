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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

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
  private final List<Future<?>> served = new CopyOnWriteArrayList<>();
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

  /** Waits until the connections that it has are closed. */
  void awaitClosed() throws Exception {
    for (Future<?> connection : served) {
      connection.get(20, TimeUnit.SECONDS);
    }
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
        served.add(executor.submit(() -> serve(socket)));
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
        socket.getOutputStream().write(VALUE.getBytes(StandardCharsets.ISO_8859_1));
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
