package io.groupcache.internal.change;

import java.util.List;

/**
 * How far a change has got.
 *
 * @param complete whether all peers know it
 * @param pending the base URLs of those that don't, sorted
 * @param pendingForGood those of them that know no change
 */
public record ChangeOutcome(boolean complete, List<String> pending, List<String> pendingForGood) {}
