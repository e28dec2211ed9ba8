package io.groupcache.benchmarks.visibility;

import com.hazelcast.config.Config;
import com.hazelcast.config.NearCacheConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.groupcache.benchmarks.process.FreePort;
import io.groupcache.benchmarks.remote.HazelcastMembers;

/**
 * Two members of Hazelcast, the second of which has a near cache of what the first one holds. It is
 * told of changes at once: by default Hazelcast gathers them for up to ten seconds.
 */
final class HazelcastValues implements SharedValues {

  private static final String MAP = "visibility";

  private final HazelcastInstance writer;
  private final HazelcastInstance reader;
  private final IMap<String, String> written;
  private final IMap<String, String> read;

  HazelcastValues() {
    int port = FreePort.find();
    this.writer = HazelcastMembers.start(config(port, "writer"));
    this.reader = HazelcastMembers.start(config(port, "reader").setLiteMember(true));
    this.written = writer.getMap(MAP);
    this.read = reader.getMap(MAP);
  }

  @Override
  public void change(String key, String value) {
    written.set(key, value);
  }

  @Override
  public String read(String key) {
    return read.get(key);
  }

  @Override
  public void close() {
    reader.shutdown();
    writer.shutdown();
  }

  private static Config config(int port, String name) {
    Config config = HazelcastMembers.config("127.0.0.1", port).setInstanceName(name);
    config.setProperty("hazelcast.map.invalidation.batch.enabled", "false");
    config.getMapConfig(MAP).setNearCacheConfig(new NearCacheConfig().setInvalidateOnChange(true));
    return config;
  }
}
