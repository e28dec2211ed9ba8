/** Conditions, wiring and properties; no logic, and nothing else imports it. */
@NullMarked
package io.groupcache.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
