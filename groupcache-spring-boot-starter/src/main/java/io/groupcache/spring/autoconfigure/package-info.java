/** Conditions, wiring and properties; nothing else imports it. */
@NullMarked
package io.groupcache.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
