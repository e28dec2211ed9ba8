/** How peers' requests get past Spring Security, and nothing else does. */
@NullMarked
package io.groupcache.spring.security;

import org.jspecify.annotations.NullMarked;
