package io.groupcache.benchmarks.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * A TCP proxy in front of a server of this machine, which stands for a network that takes its time:
 * what it is sent goes on after a delay, in both directions, however much is on its way.
 */
final class DelayingProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final InetSocketAddress server;
  private final Duration delay;

  private DelayingProxy(ServerSocket listener, InetSocketAddress server, Duration delay) {
    this.listener = listener;
    this.server = server;
    this.delay = delay;
  }

  /** Starts one in front of the server that has that port. */
  static DelayingProxy start(int serverPort, Duration delay) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try {
      ServerSocket listener = new ServerSocket(0, ClientProcess.CALLERS_AT_MOST, loopback);
      DelayingProxy proxy =
          new DelayingProxy(listener, new InetSocketAddress(loopback, serverPort), delay);
      DelayLine.startDaemon(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients find it. */
  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        connect(listener.accept());
      } catch (IOException e) {
        // It is closed, or the server takes no connection; a client sees that by its own socket.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket toServer = new Socket();
    try {
      toServer.connect(server);
      client.setTcpNoDelay(true);
      toServer.setTcpNoDelay(true);
    } catch (IOException e) {
      client.close();
      throw e;
    }
    DelayLine.start(client, toServer, delay);
    DelayLine.start(toServer, client, delay);
  }
}
