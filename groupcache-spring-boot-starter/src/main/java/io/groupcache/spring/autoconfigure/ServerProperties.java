package io.groupcache.spring.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this peer answers the others.
 *
 * @param passthroughEncodedSlashes Whether the whole server lets %2F and %5C in a path through, as
 *     keys need it; Tomcat refuses them else, and keys with a slash are loaded by whoever wants
 *     them.
 * @param maxConcurrentRequests How many requests of peers are answered at a time; further ones are
 *     refused, and asked of another peer.
 */
public record ServerProperties(
    @DefaultValue("true") boolean passthroughEncodedSlashes,
    @DefaultValue("128") int maxConcurrentRequests) {

  /** Checks what was bound. */
  public ServerProperties {
    GroupCacheConfigurationException.check(
        maxConcurrentRequests > 0,
        "groupcache.server.max-concurrent-requests",
        maxConcurrentRequests,
        "no peer could be answered",
        "Leave it out (128), or write a positive number.");
  }
}
