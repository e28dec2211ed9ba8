package io.groupcache.benchmarks.remote;

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
    this.member = HazelcastMembers.start(HazelcastMembers.config(host, port).setLiteMember(true));
    if (member.getCluster().getMembers().size() != 2) {
      throw new IllegalStateException("The members did not find each other");
    }
    this.map = member.getMap("values");
    this.size = size;
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
