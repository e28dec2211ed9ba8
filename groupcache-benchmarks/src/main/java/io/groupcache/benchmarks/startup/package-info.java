/** How long a web application takes to start, without the starter and with it. */
@NullMarked
package io.groupcache.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
