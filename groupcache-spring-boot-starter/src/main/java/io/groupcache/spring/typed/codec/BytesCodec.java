package io.groupcache.spring.typed.codec;

import io.groupcache.ByteView;
import io.groupcache.Sink;
import io.groupcache.spring.typed.Codec;

/** Bytes as they are, copied in both directions. */
final class BytesCodec implements Codec<byte[]> {

  @Override
  public void encode(byte[] value, Sink dest) {
    dest.setBytes(value);
  }

  @Override
  public byte[] decode(ByteView bytes) {
    return bytes.copy();
  }
}
