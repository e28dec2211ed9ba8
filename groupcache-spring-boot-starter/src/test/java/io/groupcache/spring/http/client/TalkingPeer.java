package io.groupcache.spring.http.client;

import com.google.protobuf.ByteString;
import io.groupcache.groupcachepb.GetManyRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A peer that speaks about one key and about many, as a test has it; many connections at a time.
 */
final class TalkingPeer implements AutoCloseable {

  static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\n";

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

  /** What is true of all keys that a request is about, in one answer. */
  static final Script TRUTH =
      (request, out) -> {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (request.isMany()) {
          for (int i = 0; i < request.keys().size(); i++) {
            value(i, request.keys().get(i)).writeDelimitedTo(body);
          }
        } else {
          response(request.keys().get(0)).writeTo(body);
        }
        write(out, sized(OK, body.toByteArray()));
      };

  static String valueOf(String key) {
    return "value of " + key;
  }

  static KeyResponse value(int index, String key) {
    return KeyResponse.newBuilder().setIndex(index).setResponse(response(key)).build();
  }

  private static GetResponse response(String key) {
    return GetResponse.newBuilder().setValue(ByteString.copyFromUtf8(valueOf(key))).build();
  }

  /** An answer with its length. */
  static byte[] sized(String head, byte[] body) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.write(ascii(head + "Content-Length: " + body.length + "\r\n\r\n"));
    answer.write(body);
    return answer.toByteArray();
  }

  /** The messages, each behind its length. */
  static byte[] delimited(KeyResponse... messages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (KeyResponse message : messages) {
      message.writeDelimitedTo(bytes);
    }
    return bytes.toByteArray();
  }

  /** A chunk of an answer that began with {@link #beginChunks}. */
  static void chunk(OutputStream out, byte[] bytes) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    chunk.write(ascii(Integer.toHexString(bytes.length) + "\r\n"));
    chunk.write(bytes);
    chunk.write(ascii("\r\n"));
    write(out, chunk.toByteArray());
  }

  static void beginChunks(OutputStream out) throws IOException {
    write(out, ascii(OK + "Transfer-Encoding: chunked\r\n\r\n"));
  }

  static void endChunks(OutputStream out) throws IOException {
    write(out, ascii("0\r\n\r\n"));
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

  long requestsForMany() {
    return requests.stream().filter(Request::isMany).count();
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
    if (head.indexOf("POST ") == 0) {
      return new Request(true, List.copyOf(GetManyRequest.parseFrom(body).getKeyList()));
    }
    String target = head.substring(0, head.indexOf(" HTTP/1.1\r\n"));
    String key = target.substring(target.lastIndexOf('/') + 1);
    return new Request(false, List.of(URLDecoder.decode(key, StandardCharsets.UTF_8)));
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

  record Request(boolean isMany, List<String> keys) {}

  /** Answers a request; an exception closes the connection. */
  @FunctionalInterface
  interface Script {
    void say(Request request, OutputStream out) throws IOException;
  }
}
