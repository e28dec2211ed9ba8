package io.groupcache.internal;

import io.groupcache.ChangeListener;
import io.groupcache.GroupCache;
import io.groupcache.PeerPicker;
import io.groupcache.PromotionPolicy;
import io.groupcache.internal.change.Changes;
import java.util.concurrent.Executor;

/**
 * What the groups of one {@link GroupCache} have in common.
 *
 * @param peers knows who owns what
 * @param promotion says which values of other peers are mirrored
 * @param timeoutNanos how long a get without a deadline of its own may take
 * @param executor runs the getters of gets that have a deadline
 * @param maxKeyBytes how many bytes of UTF-8 a key may have
 * @param maxValueBytes how many bytes a value may have
 * @param changes of the values of all groups
 * @param changeListener is told how far they have got
 */
public record CommonSettings(
    PeerPicker peers,
    PromotionPolicy promotion,
    long timeoutNanos,
    Executor executor,
    int maxKeyBytes,
    int maxValueBytes,
    Changes changes,
    ChangeListener changeListener) {}
