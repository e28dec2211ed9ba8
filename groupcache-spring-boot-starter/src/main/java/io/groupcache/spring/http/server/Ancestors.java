package io.groupcache.spring.http.server;

import java.util.List;
import java.util.function.Supplier;

/** The loads of other peers that wait for keys which one request is about, as last heard of. */
final class Ancestors implements Supplier<List<String>> {

  private volatile List<String> names;

  Ancestors(List<String> names) {
    this.names = names;
  }

  @Override
  public List<String> get() {
    return names;
  }

  void set(List<String> names) {
    if (!names.equals(this.names)) {
      this.names = List.copyOf(names);
    }
  }
}
