package io.groupcache.spring.http.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.groupcache.groupcachepb.GetManyRequest;
import io.groupcache.groupcachepb.GetManyResponse;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.groupcachepb.WaitRequest;
import io.groupcache.groupcachepb.WaitedLoad;
import io.groupcache.spring.http.wire.ManyKeys;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A peer that speaks about one key, about many, and of loads that are waited for, as a test has it;
 * many connections at a time.
 */
final class TalkingPeer implements AutoCloseable {

  static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\n";

  /** The process that it says it is. */
  static final long PROCESS = 0xFEDC_BA98_7654_3210L;

  private static final Pattern LENGTH = Pattern.compile("(?i)\nContent-Length: (\\d+)");

  private final ServerSocket server;
  private final Script script;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  TalkingPeer(Script script) throws IOException {
    this.script = script;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    executor.execute(this::accept);
  }

  /** One that tells the truth about single keys, and about many what a test has it say. */
  static TalkingPeer aboutMany(Script script) throws IOException {
    return new TalkingPeer((request, out) -> (request.isMany() ? script : TRUTH).say(request, out));
  }

  /** What is true of all keys that a request is about. */
  static final Script TRUTH =
      (request, out) -> {
        if (request.kind() == Kind.GET) {
          say(out, response(request.keys().get(0)));
        } else {
          List<KeyResponse> values = new ArrayList<>();
          for (String key : request.keys()) {
            values.add(value(values.size(), key));
          }
          say(out, many(values.toArray(KeyResponse[]::new)));
        }
      };

  static String valueOf(String key) {
    return "value of " + key;
  }

  static KeyResponse value(int index, String key) {
    return KeyResponse.newBuilder().setIndex(index).setResponse(response(key)).build();
  }

  static KeyResponse error(int index, String code) {
    return KeyResponse.newBuilder().setIndex(index).setError(code).build();
  }

  static KeyResponse loading(int index, long id) {
    return KeyResponse.newBuilder().setIndex(index).setLoading(id).build();
  }

  static GetManyResponse many(KeyResponse... keys) {
    return GetManyResponse.newBuilder().setProcess(PROCESS).addAllKey(List.of(keys)).build();
  }

  private static GetResponse response(String key) {
    return GetResponse.newBuilder().setValue(ByteString.copyFromUtf8(valueOf(key))).build();
  }

  /** Answers with a message. */
  static void say(OutputStream out, MessageLite message) throws IOException {
    say(out, OK, message.toByteArray());
  }

  /** Answers with a body whose length is told. */
  static void say(OutputStream out, String head, byte[] body) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.write(ascii(head + "Content-Length: " + body.length + "\r\n\r\n"));
    answer.write(body);
    write(out, answer.toByteArray());
  }

  static void write(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  int connections() {
    return sockets.size();
  }

  List<Request> requests() {
    return requests;
  }

  List<Request> requests(Kind kind) {
    return requests.stream().filter(request -> request.kind() == kind).toList();
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
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        Request request = read(in);
        requests.add(request);
        script.say(request, socket.getOutputStream());
      }
    } catch (IOException e) {
      // The client has hung up, or this is to.
    }
  }

  private static Request read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b == -1) {
        throw new IOException("No more requests");
      }
      head.append((char) b);
    }
    Matcher length = LENGTH.matcher(head);
    byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    if (body.length > ManyKeys.MAX_REQUEST_BYTES) {
      throw new IOException("No peer reads that much");
    }
    String target = head.substring(0, head.indexOf(" HTTP/1.1\r\n"));
    String key = target.substring(target.lastIndexOf('/') + 1);
    if (target.startsWith("GET ")) {
      return new Request(
          Kind.GET, List.of(URLDecoder.decode(key, StandardCharsets.UTF_8)), List.of());
    } else if (key.isEmpty()) {
      List<WaitedLoad> loads = WaitRequest.parseFrom(body).getLoadList();
      return new Request(Kind.WAIT, List.of(), loads.stream().map(WaitedLoad::getId).toList());
    }
    return new Request(
        Kind.MANY, List.copyOf(GetManyRequest.parseFrom(body).getKeyList()), List.of());
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

  enum Kind {
    GET,
    MANY,
    WAIT
  }

  /**
   * A request.
   *
   * @param keys what it is about
   * @param loads what it waits for
   */
  record Request(Kind kind, List<String> keys, List<Long> loads) {

    boolean isMany() {
      return kind == Kind.MANY;
    }
  }

  /** Answers a request; an exception closes the connection. */
  @FunctionalInterface
  interface Script {
    void say(Request request, OutputStream out) throws IOException;
  }
}
