package io.groupcache.spring.http.server;

import io.groupcache.Getter;
import io.groupcache.KeyNotFoundException;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has keys that are slow, that there are none of, that fail, or that have a large value. */
@Configuration(proxyBeanMethods = false)
class MixedApp extends GatedApp {

  static final int LARGE_BYTES = 3 << 20;

  @Bean
  Getter mixed(Gate gate) {
    return getter(gate);
  }

  /** The same, for a test that keeps nothing of it. */
  @Bean
  Getter uncached(Gate gate) {
    return getter(gate);
  }

  private static Getter getter(Gate gate) {
    return (context, key, dest) -> {
      if (key.startsWith("slow")) {
        gate.pass();
      }
      String what = key.replace("slow ", "");
      switch (what.replaceAll(" \\d+", "")) {
        case "missing" -> throw new KeyNotFoundException(key);
        case "broken" -> throw new IOException("the disk is on fire");
        case "chatty" -> throw new IOException("on and on ".repeat(10_000));
        case "large" -> dest.setBytes(new byte[LARGE_BYTES]);
        default -> dest.setString(key);
      }
    };
  }
}
