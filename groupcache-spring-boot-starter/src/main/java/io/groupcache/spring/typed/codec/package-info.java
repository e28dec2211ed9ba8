/** Keys as text and values as bytes, there and back, by their types. */
@NullMarked
package io.groupcache.spring.typed.codec;

import org.jspecify.annotations.NullMarked;
