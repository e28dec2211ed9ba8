/** Draws the world as square images. */
@NullMarked
package io.groupcache.sample.tile;

import org.jspecify.annotations.NullMarked;
