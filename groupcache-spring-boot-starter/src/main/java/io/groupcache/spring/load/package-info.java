/** The threads that getters run on, and how long idle ones are kept. */
@NullMarked
package io.groupcache.spring.load;

import org.jspecify.annotations.NullMarked;
