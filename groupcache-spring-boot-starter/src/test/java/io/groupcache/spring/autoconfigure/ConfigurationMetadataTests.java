package io.groupcache.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigurationMetadataTests {

  private static final String GENERATED = "/META-INF/spring-configuration-metadata.json";

  @Test
  void everyPropertyIsDescribedAndHasTheDefaultOfTheContract() throws IOException {
    Map<String, String> defaults = new TreeMap<>();
    try (InputStream in = getClass().getResourceAsStream(GENERATED)) {
      for (JsonNode property : JsonMapper.shared().readTree(in).get("properties")) {
        assertThat(property.path("description").asString(""))
            .as("description of %s", property.get("name").asString())
            .isNotBlank();
        defaults.put(property.get("name").asString(), property.path("defaultValue").asString(""));
      }
    }

    assertThat(defaults)
        .containsOnly(
            Map.entry("groupcache.enabled", "true"),
            Map.entry("groupcache.self", ""),
            Map.entry("groupcache.peers", ""),
            Map.entry("groupcache.base-path", "/_groupcache/"),
            Map.entry("groupcache.replicas", "50"),
            Map.entry("groupcache.cache-bytes", "64MB"),
            Map.entry("groupcache.eviction", "lru"),
            Map.entry("groupcache.timeout", "30s"),
            Map.entry("groupcache.max-key-bytes", "2KB"),
            Map.entry("groupcache.max-value-bytes", "64MB"),
            Map.entry("groupcache.time-to-live", ""),
            Map.entry("groupcache.time-to-live-jitter", "0.1"),
            Map.entry("groupcache.refresh-after", ""),
            Map.entry("groupcache.stale-if-error", "0s"),
            Map.entry("groupcache.not-found-time-to-live", "0s"),
            Map.entry("groupcache.groups", ""),
            Map.entry("groupcache.client.connect-timeout", "1s"),
            Map.entry("groupcache.client.read-timeout", "5s"),
            Map.entry("groupcache.client.max-connections-per-peer", "64"),
            Map.entry("groupcache.client.max-response-size", "64MB"),
            Map.entry("groupcache.client.ssl.bundle", ""),
            Map.entry("groupcache.server.passthrough-encoded-slashes", "true"),
            Map.entry("groupcache.server.max-concurrent-requests", "128"),
            Map.entry("groupcache.server.port", ""),
            Map.entry("groupcache.server.max-threads", "200"),
            Map.entry("groupcache.server.write-buffer-size", ""),
            Map.entry("groupcache.server.ssl.bundle", ""),
            Map.entry("groupcache.server.ssl.client-auth", "none"),
            Map.entry("groupcache.security.shared-secret", ""),
            Map.entry("groupcache.security.allow-anonymous", "false"),
            Map.entry("groupcache.security.expose-messages", "authenticated"));
  }
}
