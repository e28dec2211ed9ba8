package io.groupcache.spring.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** How a peer answers; all but {@link #TRUTH} is wrong in some way. */
enum Lie {
  TRUTH("the truth") {
    @Override
    void answer(OutputStream out, byte[] message, int lengthAt, int turn) throws IOException {
      write(out, headers(message.length), message);
    }
  },
  /** The truth, in a trickle: never silent for a time-out, and not done within the deadline. */
  SLOWLY("slowly") {
    @Override
    void answer(OutputStream out, byte[] message, int lengthAt, int turn) throws IOException {
      write(out, headers(message.length), new byte[0]);
      for (byte b : message) {
        LockSupport.parkNanos(FaultSettings.READ_TIMEOUT.dividedBy(2).toNanos());
        write(out, "", new byte[] {b});
      }
    }
  },
  GARBAGE("with garbage") {
    @Override
    void answer(OutputStream out, byte[] message, int lengthAt, int turn) throws IOException {
      switch (turn % 3) {
        case 0 -> write(out, "SSH-2.0-OpenSSH_9.2\r\n", new byte[0]);
        case 1 -> write(out, headers(6), "<html>".getBytes(UTF_8));
        default -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", message);
      }
      throw new IOException("enough");
    }
  },
  HALF("with half an answer") {
    @Override
    void answer(OutputStream out, byte[] message, int lengthAt, int turn) throws IOException {
      write(out, headers(message.length), Arrays.copyOf(message, message.length / 2));
      throw new IOException("enough");
    }
  },
  ENDLESS("without end") {
    @Override
    void answer(OutputStream out, byte[] message, int lengthAt, int turn) throws IOException {
      write(out, headers(1L << 40), new byte[0]);
      byte[] more = new byte[8192];
      while (true) {
        out.write(more);
      }
    }
  },
  /** A length that would be another key's: the reader waits for more, or misses something. */
  TOO_LONG("with too great a length") {
    @Override
    void answer(OutputStream out, byte[] message, int lengthAt, int turn) throws IOException {
      if (turn % 2 == 0) {
        write(out, headers(message.length + 7), message);
      } else {
        message[lengthAt] = (byte) (message[lengthAt] + 7);
        write(out, headers(message.length), message);
      }
    }
  },
  /** The same the other way round: what is left over stays on the connection, or in the message. */
  TOO_SHORT("with too small a length") {
    @Override
    void answer(OutputStream out, byte[] message, int lengthAt, int turn) throws IOException {
      if (turn % 2 == 0) {
        write(out, headers(message.length - 7), message);
      } else {
        message[lengthAt] = (byte) (message[lengthAt] - 1);
        write(out, headers(message.length), message);
      }
    }
  };

  private final String what;

  Lie(String what) {
    this.what = what;
  }

  /** How it answers, for people. */
  String what() {
    return what;
  }

  /**
   * Answers a request whose true answer is that message.
   *
   * @param lengthAt where in it there is the length of a part
   * @param turn how many requests there were before
   * @throws IOException when the asker has hung up, or this one does
   */
  abstract void answer(OutputStream out, byte[] message, int lengthAt, int turn) throws IOException;

  private static String headers(long length) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private static void write(OutputStream out, String head, byte[] body) throws IOException {
    byte[] bytes = head.getBytes(ISO_8859_1);
    byte[] all = Arrays.copyOf(bytes, bytes.length + body.length);
    System.arraycopy(body, 0, all, bytes.length, body.length);
    out.write(all);
    out.flush();
  }
}
