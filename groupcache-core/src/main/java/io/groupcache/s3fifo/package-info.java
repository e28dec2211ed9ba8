/** A byte-bounded cache that evicts first what was not used again soon after it had come in. */
@NullMarked
package io.groupcache.s3fifo;

import org.jspecify.annotations.NullMarked;
