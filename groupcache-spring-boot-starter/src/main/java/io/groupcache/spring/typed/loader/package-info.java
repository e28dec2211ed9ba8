/** Loader beans as groups: what types they have, and the getters that are made of them. */
@NullMarked
package io.groupcache.spring.typed.loader;

import org.jspecify.annotations.NullMarked;
