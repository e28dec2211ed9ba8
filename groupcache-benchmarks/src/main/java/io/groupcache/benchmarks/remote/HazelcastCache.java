package io.groupcache.benchmarks.remote;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Hazelcast from member to member: this one is a lite member, so that the other has all keys. */
final class HazelcastCache implements RemoteCache {

  private final HazelcastInstance member;
  private final IMap<String, byte[]> map;
  private final int size;

  HazelcastCache(String host, int port, int size) {
    this.member = Hazelcast.newHazelcastInstance(config(host, port).setLiteMember(true));
    if (member.getCluster().getMembers().size() != 2) {
      throw new IllegalStateException("The members did not find each other");
    }
    this.map = member.getMap("values");
    this.size = size;
  }

  /** The configuration of a member of the cluster that has a member at this address. */
  static Config config(String host, int port) {
    Config config = new Config("benchmarks-" + port);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "none");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.getNetworkConfig().setPort(port);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(host);
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).addMember(host + ":" + port);
    return config;
  }

  @Override
  public void fill(List<String> keys) {
    keys.forEach(key -> map.set(key, Values.value(key, size)));
  }

  @Override
  public void get(String key) {
    Values.check(key, size, map.get(key));
  }

  @Override
  public void getAll(List<String> keys) {
    Map<String, byte[]> values = map.getAll(new HashSet<>(keys));
    keys.forEach(key -> Values.check(key, size, values.get(key)));
  }

  @Override
  public void close() {
    member.shutdown();
  }
}
