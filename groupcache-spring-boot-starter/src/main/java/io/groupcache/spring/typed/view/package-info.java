/** Typed groups: reading values, waiting for none of them, and what to do with the unreadable. */
@NullMarked
package io.groupcache.spring.typed.view;

import org.jspecify.annotations.NullMarked;
