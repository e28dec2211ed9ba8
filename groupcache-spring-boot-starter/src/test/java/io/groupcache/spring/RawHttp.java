package io.groupcache.spring;

import io.groupcache.ByteView;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP/1.1 connection on which a test sends exactly the bytes it means to: a client library
 * would tidy them up.
 */
public final class RawHttp implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  /** Connects to a port of this machine. */
  public RawHttp(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.socket.setSoTimeout(10_000);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends a GET for that request target, and reads the answer. */
  public Answer get(String target) throws IOException {
    return send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  /** Sends a request as it stands, as ISO-8859-1, and reads the answer. */
  public Answer send(String request) throws IOException {
    write(request);
    return readAnswer(!request.startsWith("HEAD "));
  }

  /** Sends a request as it stands, as ISO-8859-1. */
  public void write(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Reads the answer to what has been written, which was no HEAD. */
  public Answer readAnswer() throws IOException {
    return readAnswer(true);
  }

  private Answer readAnswer(boolean withBody) throws IOException {
    String statusLine = readLine();
    int status =
        Integer.parseInt(statusLine.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return new Answer(status, headers, ByteView.copyOf(withBody ? readBody(headers) : new byte[0]));
  }

  private byte[] readBody(Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("Transfer-Encoding", "").toLowerCase(Locale.ROOT).equals("chunked")) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int size = readChunkSize(); size > 0; size = readChunkSize()) {
        body.write(in.readNBytes(size));
        readLine();
      }
      readLine();
      return body.toByteArray();
    }
    return in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
  }

  private int readChunkSize() throws IOException {
    return Integer.parseInt(readLine(), 16);
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b == -1) {
        throw new IOException("The server closed the connection after '" + line + "'");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** What came back. */
  public record Answer(int status, Map<String, String> headers, ByteView body) {

    /** The body as text. */
    public String text() {
      return body.utf8();
    }

    /** The value of the {@code Groupcache-Error} header, or an empty string. */
    public String error() {
      return headers.getOrDefault("Groupcache-Error", "");
    }
  }
}
