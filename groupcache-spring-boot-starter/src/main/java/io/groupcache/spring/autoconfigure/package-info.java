/**
 * Auto-configurations with their conditions, and the properties below {@code groupcache}, checked
 * as they are bound. Nothing else imports it: what other packages need of the properties is given
 * to them as plain settings.
 */
@NullMarked
package io.groupcache.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
