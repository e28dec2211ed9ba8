package io.groupcache;

/**
 * What a group has done since it was made: a snapshot, in which {@code gets = hits + loads}.
 *
 * @param gets every get, from callers and from peers
 * @param hits gets answered from the main or the hot cache
 * @param loads gets that were not hits
 * @param loadsDeduped loads that actually ran, after single flight
 * @param loadsLocal calls of the getter that gave a value
 * @param loadsLocalErrors calls of the getter that gave none
 * @param loadsPeer values that came from a peer
 * @param peerErrors requests to a peer that failed; of one for many keys each key counts
 * @param serverRequests gets that came from a peer
 */
public record GroupStats(
    long gets,
    long hits,
    long loads,
    long loadsDeduped,
    long loadsLocal,
    long loadsLocalErrors,
    long loadsPeer,
    long peerErrors,
    long serverRequests) {}
