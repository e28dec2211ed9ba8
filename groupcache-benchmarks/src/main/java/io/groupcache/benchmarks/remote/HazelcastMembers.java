package io.groupcache.benchmarks.remote;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;

/** Members of Hazelcast that find each other on this machine, and nobody else. */
public final class HazelcastMembers {

  private HazelcastMembers() {}

  /** The configuration of a member of the cluster that has a member at this address. */
  public static Config config(String host, int port) {
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

  /** Starts a member. */
  public static HazelcastInstance start(Config config) {
    return Hazelcast.newHazelcastInstance(config);
  }
}
