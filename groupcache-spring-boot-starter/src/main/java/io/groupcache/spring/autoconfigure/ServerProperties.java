package io.groupcache.spring.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this peer answers the others.
 *
 * @param passthroughEncodedSlashes Whether the whole server lets %2F and %5C in a path through, as
 *     keys need it; Tomcat refuses them else, and keys with a slash are loaded by whoever wants
 *     them.
 */
public record ServerProperties(@DefaultValue("true") boolean passthroughEncodedSlashes) {}
