/** The threads that getters run on. */
@NullMarked
package io.groupcache.spring.load;

import org.jspecify.annotations.NullMarked;
