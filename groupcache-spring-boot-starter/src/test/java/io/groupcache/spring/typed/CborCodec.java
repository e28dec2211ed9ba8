package io.groupcache.spring.typed;

import io.groupcache.ByteView;
import io.groupcache.Sink;
import tools.jackson.dataformat.cbor.CBORMapper;

/** A codec of an application's own. */
record CborCodec<T>(CBORMapper mapper, Class<T> type) implements Codec<T> {

  CborCodec(Class<T> type) {
    this(new CBORMapper(), type);
  }

  @Override
  public void encode(T value, Sink dest) {
    dest.setBytes(mapper.writeValueAsBytes(value));
  }

  @Override
  public T decode(ByteView bytes) {
    return mapper.readValue(bytes.asInputStream(), type);
  }
}
