package io.groupcache.benchmarks.remote;

import io.groupcache.ByteView;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.PromotionPolicy;
import io.groupcache.spring.http.HttpPool;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** A peer of ours that owns no key and keeps no value, so that each get goes to another. */
final class GroupCacheClient implements RemoteCache {

  private final ConfigurableApplicationContext context;
  private final Group group;
  private final int size;

  GroupCacheClient(List<String> servers, int size) {
    this.context =
        new SpringApplicationBuilder(Application.class)
            .properties("server.address=127.0.0.1", "server.port=0")
            .run();
    context.getBean(HttpPool.class).set(servers);
    this.group = context.getBean(GroupCache.class).group(GroupCacheServer.GROUP);
    this.size = size;
  }

  @Override
  public void fill(List<String> keys) {
    keys.forEach(this::get);
  }

  @Override
  public void get(String key) {
    Values.check(key, size, group.get(key));
  }

  @Override
  public void getAll(List<String> keys) {
    Map<String, ByteView> values = group.getAll(keys);
    keys.forEach(key -> Values.check(key, size, values.get(key)));
  }

  @Override
  public long remoteGets() {
    return group.stats().loadsPeer();
  }

  @Override
  public void close() {
    context.close();
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    @Bean(GroupCacheServer.GROUP)
    Getter values() {
      return (context, key, dest) -> {
        throw new IllegalStateException("The client was to load " + key + " itself");
      };
    }

    @Bean
    PromotionPolicy keepNothing() {
      return (key, response) -> false;
    }
  }
}
