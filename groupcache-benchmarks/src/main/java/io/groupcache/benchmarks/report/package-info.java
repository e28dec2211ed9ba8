/** What was measured, as one table. */
@NullMarked
package io.groupcache.benchmarks.report;

import org.jspecify.annotations.NullMarked;
