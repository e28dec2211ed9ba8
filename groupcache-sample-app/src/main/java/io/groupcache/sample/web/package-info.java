/** What a browser can ask for. */
@NullMarked
package io.groupcache.sample.web;

import org.jspecify.annotations.NullMarked;
