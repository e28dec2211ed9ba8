package io.groupcache.benchmarks.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

/** Redis through Jedis, which has a pool with a connection for each caller. */
final class JedisCache implements RemoteCache {

  private final RedisClient jedis;
  private final int size;

  JedisCache(String host, int port, int size) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(ClientProcess.CALLERS_AT_MOST);
    pool.setMaxIdle(ClientProcess.CALLERS_AT_MOST);
    this.jedis =
        RedisClient.builder().hostAndPort(new HostAndPort(host, port)).poolConfig(pool).build();
    this.size = size;
  }

  @Override
  public void fill(List<String> keys) {
    keys.forEach(key -> jedis.set(key.getBytes(UTF_8), Values.value(key, size)));
  }

  @Override
  public void get(String key) {
    Values.check(key, size, jedis.get(key.getBytes(UTF_8)));
  }

  @Override
  public void getAll(List<String> keys) {
    List<byte[]> values =
        jedis.mget(keys.stream().map(key -> key.getBytes(UTF_8)).toArray(byte[][]::new));
    for (int i = 0; i < keys.size(); i++) {
      Values.check(keys.get(i), size, values.get(i));
    }
  }

  @Override
  public void close() {
    jedis.close();
  }
}
