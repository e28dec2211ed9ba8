/**
 * Groups of typed keys and values: {@link io.groupcache.spring.typed.Loader} beans that are groups,
 * {@link io.groupcache.spring.typed.TypedGroup} to get from them, and {@link
 * io.groupcache.spring.typed.Codec} for what is to be written in another way.
 */
@NullMarked
package io.groupcache.spring.typed;

import org.jspecify.annotations.NullMarked;
