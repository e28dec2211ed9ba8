package io.groupcache.spring.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Base URLs of peers-to-be on this machine, at ports that nobody listens on. */
public final class FreePorts {

  private FreePorts() {}

  /** Tries ports until {@code wanted} takes their base URLs. */
  public static List<String> urls(int count, Predicate<List<String>> wanted) {
    return Stream.generate(() -> urls(count))
        .limit(100_000)
        .filter(wanted)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No free ports will do"));
  }

  /**
   * Ports below those that the system takes for the near ends of connections: one whose peer is
   * gone stays free until the peer comes back.
   */
  public static List<Integer> stable(int count) {
    return ThreadLocalRandom.current()
        .ints(20_000, 32_000)
        .distinct()
        .filter(FreePorts::isFree)
        .limit(count)
        .boxed()
        .toList();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
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
