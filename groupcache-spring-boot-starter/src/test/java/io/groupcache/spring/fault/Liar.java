package io.groupcache.spring.fault;

import static io.groupcache.spring.ring.PeerApplication.VALUES;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.ByteString;
import io.groupcache.groupcachepb.GetManyRequest;
import io.groupcache.groupcachepb.GetManyResponse;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.ring.TestGetter;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A peer in this very process that tells the truth, until it is told to lie. */
final class Liar implements RingMember, AutoCloseable {

  private static final String BASE_PATH = "/_groupcache/";

  private final int port;
  private final Map<String, Integer> runs = new ConcurrentHashMap<>();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicInteger requestsForMany = new AtomicInteger();
  private volatile Lie lie = Lie.TRUTH;
  private @Nullable ServerSocket server;

  /** One that has not been opened yet. */
  Liar(int port) {
    this.port = port;
  }

  void tell(Lie lie) {
    this.lie = lie;
  }

  /** How often it was asked about many keys at once. */
  int requestsForMany() {
    return requestsForMany.get();
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
            new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
      String request = in.readLine();
      while (request != null) {
        int length = 0;
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
          if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
            length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
          }
          line = in.readLine();
        }
        answer(request, read(in, length), socket.getOutputStream());
        request = in.readLine();
      }
    } catch (IOException e) {
      // The asker has hung up, as it should on some of the answers, or this one does.
    } finally {
      sockets.remove(socket);
    }
  }

  private void answer(String request, byte[] body, OutputStream out) throws IOException {
    if (request.startsWith("GET " + BASE_PATH + " ")) { // who it is: one that knows no changes
      out.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
      return;
    }
    boolean many = request.startsWith("POST ");
    Lie now = lie;
    List<String> keys = many ? GetManyRequest.parseFrom(body).getKeyList() : List.of(key(request));
    if (many) {
      requestsForMany.incrementAndGet();
    }
    if (now == Lie.TRUTH) {
      keys.forEach(key -> runs.putIfAbsent(key, 1)); // it holds what it has loaded
    }
    byte[] message = many ? message(keys) : response(keys.get(0)).toByteArray();
    now.answer(out, message, many ? 10 : 1, turns.getAndIncrement()); // the first length
  }

  private static byte[] read(BufferedReader in, int length) throws IOException {
    char[] body = new char[length];
    for (int at = 0; at < length; ) {
      int count = in.read(body, at, length - at);
      if (count == -1) {
        throw new EOFException();
      }
      at += count;
    }
    return new String(body).getBytes(ISO_8859_1);
  }

  private static byte[] message(List<String> keys) {
    GetManyResponse.Builder message = GetManyResponse.newBuilder().setProcess(1);
    for (int i = 0; i < keys.size(); i++) {
      message.addKey(KeyResponse.newBuilder().setIndex(i).setResponse(response(keys.get(i))));
    }
    return message.build().toByteArray();
  }

  private static GetResponse response(String key) {
    return GetResponse.newBuilder()
        .setValue(ByteString.copyFromUtf8(TestGetter.value(VALUES, key)))
        .build();
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
