/**
 * How removals and sets reach all peers: the log of changes, the messages about them, the pulse,
 * and who has missed something. For groupcache's own use.
 */
@NullMarked
package io.groupcache.internal.change;

import org.jspecify.annotations.NullMarked;
