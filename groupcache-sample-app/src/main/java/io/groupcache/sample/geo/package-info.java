/** The countries of the world: read, cut out of the globe, and measured. */
@NullMarked
package io.groupcache.sample.geo;

import org.jspecify.annotations.NullMarked;
