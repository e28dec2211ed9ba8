package io.groupcache.spring.autoconfigure;

import static io.groupcache.spring.diagnostics.GroupCacheConfigurationException.check;
import static io.groupcache.spring.diagnostics.GroupCacheConfigurationException.checkArraySize;
import static io.groupcache.spring.diagnostics.GroupCacheConfigurationException.checkTimeout;

import io.groupcache.Eviction;
import io.groupcache.GroupOptions;
import io.groupcache.spring.group.ConfiguredGroups;
import io.groupcache.spring.group.GroupOptionsCustomizer;
import io.groupcache.spring.group.GroupProperties;
import io.groupcache.spring.group.ValueTimes;
import io.groupcache.spring.http.server.PeerController;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What {@code application.yml} says under {@code groupcache}, checked.
 *
 * @param enabled Whether there is a group cache at all.
 * @param self Base URL by which the other peers reach this one, such as http://10.0.0.1:8080;
 *     without it the app is a ring of one.
 * @param peers Base URLs of all peers, self included; the order does not matter.
 * @param basePath Path below a peer's base URL where it answers the others, with a slash at both
 *     ends; the same on all peers.
 * @param replicas Points of each peer on the ring; the same on all peers.
 * @param cacheBytes Limit of each group: main and hot cache together, keys and values.
 * @param eviction Which values leave a group's caches first when room is needed: those used least
 *     recently (lru), or those not used again soon after they came in (s3-fifo).
 * @param timeout How long a get may take that has no deadline of its own.
 * @param maxKeyBytes How long a key may be, in UTF-8; a get of a longer one is refused.
 * @param maxValueBytes How long a value may be; a getter that gives a longer one has failed.
 * @param timeToLive How long a value may be used that says nothing itself; for ever when it is not
 *     set.
 * @param timeToLiveJitter Up to which part of its time, 0 to 1, a value lives shorter, at random,
 *     so that what came together does not leave together.
 * @param refreshAfter At which age a value is loaded anew while it is used: the get is answered at
 *     once. Never when it is not set.
 * @param staleIfError How long beyond its time a value is served when its getter fails; not when
 *     the getter says that there is no such key.
 * @param notFoundTimeToLive How long it is remembered that there is no such key.
 * @param groups Settings of single groups, by name.
 * @param client How this peer asks the others.
 * @param server How this peer answers the others.
 * @param security Who may ask this peer, and what the others are told.
 */
@ConfigurationProperties("groupcache")
public record GroupCacheProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable String self,
    @DefaultValue List<String> peers,
    @DefaultValue(PeerController.DEFAULT_BASE_PATH) String basePath,
    @DefaultValue("50") int replicas,
    @DefaultValue("64MB") DataSize cacheBytes,
    @DefaultValue("lru") Eviction eviction,
    @DefaultValue("30s") Duration timeout,
    @DefaultValue("2KB") DataSize maxKeyBytes,
    @DefaultValue("64MB") DataSize maxValueBytes,
    @Nullable Duration timeToLive,
    @DefaultValue("0.1") double timeToLiveJitter,
    @Nullable Duration refreshAfter,
    @DefaultValue("0s") Duration staleIfError,
    @DefaultValue("0s") Duration notFoundTimeToLive,
    @DefaultValue Map<String, GroupProperties> groups,
    @DefaultValue @NestedConfigurationProperty PeerClientProperties client,
    @DefaultValue @NestedConfigurationProperty PeerServerProperties server,
    @DefaultValue @NestedConfigurationProperty PeerSecurityProperties security) {

  private static final String BASE_PATH_GRAMMAR = "/([A-Za-z0-9._~-]+/)+";
  private static final String BASE_PATH_ADVICE =
      "Write it as in groupcache.base-path=/_groupcache/";

  /** With so many, peers' shares of the keys differ by about one per cent. */
  private static final int MAX_REPLICAS = 10_000;

  /** Checks what was bound. */
  public GroupCacheProperties {
    self = RingMembers.self(self);
    peers = RingMembers.peers(self, peers);
    checkBasePath(basePath);
    check(
        replicas > 0,
        "groupcache.replicas",
        replicas,
        "a peer needs at least one point on the ring",
        "Leave it out (50), or write a positive number, the same on all peers.");
    check(
        replicas <= MAX_REPLICAS,
        "groupcache.replicas",
        replicas,
        "every peer keeps the points of all peers in memory, and so many share the keys out no more"
            + " evenly",
        "Leave it out (50), or write at most " + MAX_REPLICAS + ", the same on all peers.");
    checkCacheBytes("groupcache.cache-bytes", cacheBytes);
    checkTimeout("groupcache.timeout", timeout);
    checkArraySize("groupcache.max-key-bytes", maxKeyBytes, "2KB");
    checkArraySize("groupcache.max-value-bytes", maxValueBytes, "64MB");
    ValueTimes times =
        new ValueTimes(
            timeToLive, timeToLiveJitter, refreshAfter, staleIfError, notFoundTimeToLive);
    times.validate("groupcache.", times);
    groups.forEach((name, group) -> {
      String prefix = "groupcache.groups." + name;
      if (group.cacheBytes() != null) {
        checkCacheBytes(prefix + ".cache-bytes", group.cacheBytes());
      }
      if (group.maxConcurrentLoads() != null) {
        check(
            group.maxConcurrentLoads() > 0,
            prefix + ".max-concurrent-loads",
            group.maxConcurrentLoads(),
            "no key could be loaded",
            "Leave it out, or write a positive number.");
      }
      String version = group.version();
      check(
          version == null || !(version.isBlank() || version.contains("/")),
          prefix + ".version",
          String.valueOf(version),
          "it is part of the name by which peers ask for the group",
          "Leave it out, or write text without a '/', such as 2.");
      group.times().validate(prefix + ".", times);
    });
  }

  /** What is said of groups, here and by beans. */
  ConfiguredGroups configuredGroups(BeanFactory beans) {
    ValueTimes times =
        new ValueTimes(
            timeToLive, timeToLiveJitter, refreshAfter, staleIfError, notFoundTimeToLive);
    return new ConfiguredGroups(
        times.addTo(GroupOptions.ofCacheBytes(cacheBytes.toBytes()).withEviction(eviction)),
        groups,
        beans.getBeanProvider(GroupOptionsCustomizer.class).orderedStream().toList());
  }

  private static void checkBasePath(String basePath) {
    check(
        basePath.matches(BASE_PATH_GRAMMAR),
        "groupcache.base-path",
        basePath,
        "it has to begin and end with a slash, with only letters, digits and -._~ between slashes",
        BASE_PATH_ADVICE);
    check(
        !basePath.contains("/./") && !basePath.contains("/../"),
        "groupcache.base-path",
        basePath,
        "servers take '.' and '..' for steps in a path",
        BASE_PATH_ADVICE);
    check(
        !basePath.matches("(?i)/(web|meta)-inf/.*"),
        "groupcache.base-path",
        basePath,
        "servlet containers answer nothing there",
        BASE_PATH_ADVICE);
  }

  private static void checkCacheBytes(String property, DataSize size) {
    check(
        !size.isNegative(),
        property,
        size,
        "a cache can't hold less than nothing",
        "Write a size such as 64MB, or 0 to cache nothing.");
  }
}
