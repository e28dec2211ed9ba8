package io.groupcache;

/** What a group has counted, in short. */
record Stats(
    long gets,
    long hits,
    long loads,
    long loadsDeduped,
    long loadsLocal,
    long loadsLocalErrors,
    long loadsPeer,
    long peerErrors,
    long serverRequests) {

  static Stats of(Group group) {
    GroupStats stats = group.stats();
    return new Stats(
        stats.gets(),
        stats.hits(),
        stats.loads(),
        stats.loadsDeduped(),
        stats.loadsLocal(),
        stats.loadsLocalErrors(),
        stats.loadsPeer(),
        stats.peerErrors(),
        stats.serverRequests());
  }
}
