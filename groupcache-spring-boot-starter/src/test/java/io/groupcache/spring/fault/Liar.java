package io.groupcache.spring.fault;

import static io.groupcache.spring.ring.PeerApplication.VALUES;

import io.groupcache.spring.ring.TestGetter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A peer in this very process that tells the truth, until it is told to lie. */
final class Liar implements RingMember, AutoCloseable {

  private final int port;
  private final Map<String, Integer> runs = new ConcurrentHashMap<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turns = new AtomicInteger();
  private volatile Lie lie = Lie.TRUTH;
  private @Nullable ServerSocket server;

  /** One that has not been opened yet. */
  Liar(int port) {
    this.port = port;
  }

  void tell(Lie lie) {
    this.lie = lie;
  }

  /** Begins to listen, if it does not already. */
  void open() throws IOException {
    if (server != null && !server.isClosed()) {
      return;
    }
    ServerSocket opened = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    server = opened;
    inBackground(() -> accept(opened));
  }

  private void accept(ServerSocket opened) {
    while (!opened.isClosed()) {
      try {
        Socket socket = opened.accept();
        sockets.add(socket);
        inBackground(() -> serve(socket));
      } catch (IOException e) {
        // It is closed, or the asker has hung up already.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      String request = in.readLine();
      while (request != null) {
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
          line = in.readLine();
        }
        Lie now = lie;
        String key = key(request);
        if (now == Lie.TRUTH) {
          runs.putIfAbsent(key, 1); // it holds what it has loaded
        }
        now.answer(
            socket.getOutputStream(), TestGetter.value(VALUES, key), turns.getAndIncrement());
        request = in.readLine();
      }
    } catch (IOException e) {
      // The asker has hung up, as it should on some of the answers, or this one does.
    } finally {
      sockets.remove(socket);
    }
  }

  /** The key in {@code GET /_groupcache/group/key HTTP/1.1}. */
  private static String key(String request) {
    String path = request.split(" ", -1)[1];
    return URLDecoder.decode(path.split("/", 4)[3], StandardCharsets.UTF_8);
  }

  private static void inBackground(Runnable task) {
    Thread thread = new Thread(task, "liar");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public String incarnation() {
    return "liar";
  }

  @Override
  public Map<String, Map<String, Integer>> getterRuns() {
    return Map.of(incarnation(), Map.copyOf(runs));
  }

  @Override
  public boolean hasLoaded(String key) {
    return runs.containsKey(key);
  }

  /** Goes, as far as anybody can see; it can be opened again. */
  @Override
  public void close() {
    try {
      if (server != null) {
        server.close();
      }
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "liar " + url();
  }
}
