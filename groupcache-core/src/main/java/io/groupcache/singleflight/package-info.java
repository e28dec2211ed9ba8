/**
 * Duplicate suppression: of many callers that want the same work, one does it. Imports only the
 * JDK.
 */
@NullMarked
package io.groupcache.singleflight;

import org.jspecify.annotations.NullMarked;
