/** Consistent hashing: which peer owns a key. Imports only the JDK. */
@NullMarked
package io.groupcache.consistenthash;

import org.jspecify.annotations.NullMarked;
