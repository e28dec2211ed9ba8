/**
 * Loading keys on this peer: the getter, its threads, and whose turn it is. For groupcache's own
 * use.
 */
@NullMarked
package io.groupcache.internal.load;

import org.jspecify.annotations.NullMarked;
