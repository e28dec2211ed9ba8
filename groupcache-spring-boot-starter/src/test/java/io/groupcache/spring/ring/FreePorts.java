package io.groupcache.spring.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Base URLs of peers-to-be on this machine, at ports that nobody listens on. */
final class FreePorts {

  private FreePorts() {}

  /** Tries ports until {@code wanted} takes their base URLs. */
  static List<String> urls(int count, Predicate<List<String>> wanted) {
    return Stream.generate(() -> urls(count))
        .limit(100_000)
        .filter(wanted)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No free ports will do"));
  }

  private static List<String> urls(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(socket -> "http://127.0.0.1:" + socket.getLocalPort()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      sockets.forEach(FreePorts::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
