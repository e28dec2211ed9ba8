/** Countries change their colours, and the tiles that show them are drawn anew. */
@NullMarked
package io.groupcache.sample.color;

import org.jspecify.annotations.NullMarked;
