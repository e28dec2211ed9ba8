package io.groupcache;

/**
 * A value, and where it was found.
 *
 * @param value the value
 * @param source where it came from; a caller that waited for another caller's load has the same
 *     source as that one
 */
public record GetResult(ByteView value, Source source) {}
