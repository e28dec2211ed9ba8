package io.groupcache.benchmarks.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * One direction of a connection through a proxy. One thread reads and notes when; another writes
 * what was read when its time has come, so that a delay holds up nothing that comes after.
 */
final class DelayLine {

  private static final int CHUNK = 64 * 1024;

  private final Socket from;
  private final Socket to;
  private final long delayNanos;
  private final BlockingQueue<Chunk> onItsWay = new LinkedBlockingQueue<>();

  private DelayLine(Socket from, Socket to, Duration delay) {
    this.from = from;
    this.to = to;
    this.delayNanos = delay.toNanos();
  }

  /** Starts to hand on what comes from one socket to the other, until either is closed. */
  static void start(Socket from, Socket to, Duration delay) {
    DelayLine line = new DelayLine(from, to, delay);
    startDaemon(line::read);
    startDaemon(line::write);
  }

  static void startDaemon(Runnable work) {
    Thread thread = new Thread(work, "delaying proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    byte[] buffer = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        onItsWay.add(new Chunk(Arrays.copyOf(buffer, count), System.nanoTime() + delayNanos));
      }
    } catch (IOException e) {
      // As its end: the other side is told.
    }
    onItsWay.add(new Chunk(new byte[0], System.nanoTime() + delayNanos));
  }

  /** Writes until the chunk of no bytes, which stands for the end. */
  private void write() {
    try (from;
        to) {
      OutputStream out = to.getOutputStream();
      for (Chunk chunk = onItsWay.take(); chunk.bytes.length > 0; chunk = onItsWay.take()) {
        chunk.awaitDue();
        out.write(chunk.bytes);
      }
    } catch (IOException e) {
      // The other side has gone, and with it both sockets are closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Chunk(byte[] bytes, long dueNanos) {

    void awaitDue() {
      for (long left = dueNanos - System.nanoTime();
          left > 0;
          left = dueNanos - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }
}
