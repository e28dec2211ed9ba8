package io.groupcache.benchmarks.remote;

import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.util.List;

/** Redis through Lettuce, which has one connection for all callers. */
final class LettuceCache implements RemoteCache {

  private final RedisClient client;
  private final RedisCommands<String, byte[]> redis;
  private final int size;

  LettuceCache(String host, int port, int size) {
    this.client = RedisClient.create(RedisURI.create(host, port));
    this.redis = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE)).sync();
    this.size = size;
  }

  @Override
  public void fill(List<String> keys) {
    keys.forEach(key -> redis.set(key, Values.value(key, size)));
  }

  @Override
  public void get(String key) {
    Values.check(key, size, redis.get(key));
  }

  @Override
  public void getAll(List<String> keys) {
    List<KeyValue<String, byte[]>> values = redis.mget(keys.toArray(String[]::new));
    for (int i = 0; i < keys.size(); i++) {
      Values.check(keys.get(i), size, values.get(i).getValue());
    }
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
