/** Getting keys from other peers, and what happens when one fails. For groupcache's own use. */
@NullMarked
package io.groupcache.internal.peer;

import org.jspecify.annotations.NullMarked;
