/** A map-tile server as a ring of peers: what groupcache is for, to look at. */
@NullMarked
package io.groupcache.sample;

import org.jspecify.annotations.NullMarked;
