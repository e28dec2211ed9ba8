package io.groupcache.spring.ring;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A source of values that grow, in a file that the processes of this machine share: what one has
 * written, all see at once. Safe for use from many threads.
 */
public final class Truth {

  /** How many keys it has, from 0 on: few, so that reads and changes of a key meet. */
  public static final int KEYS = 12;

  private static final VarHandle VERSION =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer versions;

  /** Opens the file, which is made if it is not there. */
  public Truth(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
      versions = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) KEYS * Long.BYTES);
    }
  }

  /** The version that a key has now. */
  public long version(int key) {
    return (long) VERSION.getVolatile(versions, key * Long.BYTES);
  }

  /** Gives a key its next version. */
  public long next(int key) {
    return (long) VERSION.getAndAdd(versions, key * Long.BYTES, 1L) + 1;
  }
}
