package io.groupcache.benchmarks.remote;

import java.util.List;

/** A cache in other processes, as a caller uses it. Every value that comes is checked. */
interface RemoteCache extends AutoCloseable {

  /** Puts the keys where the gets will find them. */
  void fill(List<String> keys);

  /** Gets the value of one key, from the other process. */
  void get(String key);

  /** Gets the values of all keys in as few requests as can be. */
  void getAll(List<String> keys);

  /** How many gets the other processes have answered, as far as the client counts them; or -1. */
  default long remoteGets() {
    return -1;
  }

  @Override
  void close();
}
