package io.groupcache.benchmarks.visibility;

import io.groupcache.benchmarks.process.Child;
import io.groupcache.benchmarks.process.FreePort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;

/** Redis behind a local cache, whose keys are removed by messages of Redis' pub/sub. */
final class RedisValues implements SharedValues {

  private static final String CHANNEL = "changes";

  private final Child server;
  private final RedisClient writer;
  private final RedisClient reader;
  private final Map<String, String> local = new ConcurrentHashMap<>();
  private final JedisPubSub changes =
      new JedisPubSub() {
        @Override
        public void onMessage(String channel, String key) {
          local.remove(key);
        }
      };

  RedisValues(String program) throws InterruptedException {
    int port = FreePort.find();
    this.server =
        Child.start(
            "redis-visibility",
            List.of(program, "--port", "" + port, "--bind", "127.0.0.1", "--save", ""));
    server.await("Ready to accept", Duration.ofSeconds(30));
    this.writer = client(port);
    this.reader = client(port);
    Thread subscriber = new Thread(() -> reader.subscribe(changes, CHANNEL), "subscriber");
    subscriber.setDaemon(true);
    subscriber.start();
    while (!changes.isSubscribed()) {
      Thread.sleep(10);
    }
  }

  @Override
  public void change(String key, String value) {
    writer.set(key, value);
    writer.publish(CHANNEL, key);
  }

  @Override
  public String read(String key) {
    return local.computeIfAbsent(key, reader::get);
  }

  @Override
  public void close() {
    changes.unsubscribe();
    writer.close();
    reader.close();
    server.close();
  }

  private static RedisClient client(int port) {
    return RedisClient.builder().hostAndPort(new HostAndPort("127.0.0.1", port)).build();
  }
}
