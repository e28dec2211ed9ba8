/** What the rooms of the engine have in common. For groupcache's own use. */
@NullMarked
package io.groupcache.internal;

import org.jspecify.annotations.NullMarked;
