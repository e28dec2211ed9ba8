/** Facts about countries, kept in a database and sent between peers as protobuf. */
@NullMarked
package io.groupcache.sample.country;

import org.jspecify.annotations.NullMarked;
