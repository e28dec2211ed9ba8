/**
 * What caches that are bounded in bytes have in common: how an entry is found, without a lock, and
 * how the bytes are counted. Which entry leaves first is for those who build on it to say. Imports
 * only the JDK.
 */
@NullMarked
package io.groupcache.bounded;

import org.jspecify.annotations.NullMarked;
