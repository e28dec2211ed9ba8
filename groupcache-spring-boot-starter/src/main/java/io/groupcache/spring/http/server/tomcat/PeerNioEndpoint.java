package io.groupcache.spring.http.server.tomcat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.threads.TaskQueue;
import org.apache.tomcat.util.threads.TaskThreadFactory;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Has peers' requests answered in threads of their own. The application's threads may all wait for
 * gets that other peers answer: if those had to wait for such threads too, peers would wait for
 * each other until a timeout.
 *
 * <p>Tomcat picks the thread when there is something to read on a connection, and before it has
 * read it. So this looks at the first bytes of each request, and puts them back. They decide
 * nothing but which thread pool is used: the request is read, mapped and secured as any other.
 */
final class PeerNioEndpoint extends NioEndpoint {

  /** As many as Tomcat has for others. */
  private static final int THREADS_AT_REST = 10;

  /**
   * How long others are kept that have nothing to do. Work goes to threads by turns, and some of it
   * comes every second: with more time than that, none would ever be without work for so long.
   */
  private static final int IDLE_SECONDS = 2;

  private static final Log handshakeLog =
      LogFactory.getLog(NioEndpoint.class.getName() + ".handshake");

  /** Connections whose last request was a peer's. */
  private final Set<SocketWrapperBase<NioChannel>> peers =
      Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

  private List<byte[]> requestStarts = List.of();
  private int maxStartLength;
  private int maxThreads;
  private volatile @Nullable ThreadPoolExecutor executor;

  void answerPeers(String path, int maxThreads) {
    this.requestStarts =
        List.of(
            ("GET " + path).getBytes(StandardCharsets.ISO_8859_1),
            ("POST " + path).getBytes(StandardCharsets.ISO_8859_1));
    this.maxStartLength = "POST ".length() + path.length();
    this.maxThreads = maxThreads;
  }

  @Override
  public void startInternal() throws Exception {
    if (!requestStarts.isEmpty()) {
      TaskQueue queue = new TaskQueue();
      ThreadPoolExecutor threads =
          new ThreadPoolExecutor(
              Math.min(THREADS_AT_REST, maxThreads),
              maxThreads,
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              queue,
              new TaskThreadFactory(getName() + "-peers-", getDaemon(), getThreadPriority()));
      queue.setParent(threads);
      executor = threads;
    }
    super.startInternal();
  }

  @Override
  public void stopInternal() {
    super.stopInternal();
    ThreadPoolExecutor threads = executor;
    if (threads != null) {
      threads.shutdownNow();
    }
  }

  @Override
  public boolean processSocket(
      SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
    ThreadPoolExecutor threads = executor;
    if (!dispatch || threads == null) {
      return super.processSocket(socket, event, dispatch);
    }
    boolean opened = event == SocketEvent.OPEN_READ || event == SocketEvent.OPEN_WRITE;
    if (opened && !socket.getSocket().isHandshakeComplete()) {
      return execute(threads, new Handshake(socket, event));
    }
    if (event == SocketEvent.OPEN_READ && !lookAtRequest(socket)) {
      socket.registerReadInterest();
      return true;
    }
    return peers.contains(socket)
        ? execute(threads, createSocketProcessor(socket, event))
        : super.processSocket(socket, event, true);
  }

  private boolean execute(ThreadPoolExecutor threads, Runnable work) {
    try {
      threads.execute(work);
      return true;
    } catch (RejectedExecutionException e) {
      getLog().debug("The server stops", e);
      return false;
    }
  }

  /**
   * Finds out whether a new request is a peer's. One that is under way stays whose it is, such as
   * one that is answered asynchronously, and so does one that comes before the last is put away.
   *
   * @return whether there is anything to process
   */
  private boolean lookAtRequest(SocketWrapperBase<NioChannel> socket) {
    Lock lock = socket.getLock();
    if (!lock.tryLock()) {
      return true;
    }
    try {
      if (socket.isClosed() || socket.getCurrentProcessor() != null) {
        return true;
      }
      ByteBuffer start = ByteBuffer.allocate(maxStartLength);
      if (socket.read(false, start) == 0) {
        return false;
      }
      start.flip();
      if (isOfPeer(start)) {
        peers.add(socket);
      } else {
        peers.remove(socket);
      }
      socket.unRead(start);
      return true;
    } catch (IOException e) {
      return true; // whoever processes it finds out, too
    } finally {
      lock.unlock();
    }
  }

  /** As far as there is anything of it: the rest may still be on its way. */
  private boolean isOfPeer(ByteBuffer start) {
    return requestStarts.stream()
        .map(ByteBuffer::wrap)
        .anyMatch(expected -> {
          int mismatch = expected.mismatch(start);
          return mismatch == -1 || mismatch == Math.min(expected.limit(), start.limit());
        });
  }

  /**
   * Makes a connection's TLS handshake as Tomcat does, but for the request that may come with its
   * end: that has not been looked at.
   */
  private final class Handshake extends SocketProcessorBase<NioChannel> {

    Handshake(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
      super(socket, event);
    }

    @Override
    protected void doRun() {
      try {
        int next =
            socketWrapper
                .getSocket()
                .handshake(event == SocketEvent.OPEN_READ, event == SocketEvent.OPEN_WRITE);
        switch (next) {
          case 0 -> processSocket(socketWrapper, SocketEvent.OPEN_READ, true);
          case SelectionKey.OP_READ -> socketWrapper.registerReadInterest();
          case SelectionKey.OP_WRITE -> socketWrapper.registerWriteInterest();
          default -> fail();
        }
      } catch (IOException e) {
        handshakeLog.debug("The handshake with " + socketWrapper.getRemoteAddr() + " failed", e);
        fail();
      } catch (CancelledKeyException e) {
        fail();
      }
    }

    private void fail() {
      processSocket(socketWrapper, SocketEvent.ERROR, false);
    }
  }
}
