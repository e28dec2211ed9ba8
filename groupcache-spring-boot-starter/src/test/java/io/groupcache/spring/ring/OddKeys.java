package io.groupcache.spring.ring;

import io.groupcache.spring.QueryEscapes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Keys of all kinds, among them such as Go's mux or Tomcat might take for something else. */
final class OddKeys {

  private static final List<String> SLASHES =
      List.of("/", "//", "///", "a/", "/a", "a//", "//a", "./", "/.", "../", "/..");

  private static final List<String> STEPS =
      List.of("a/.", "a/..", "a/./b", "a/../b", "../..", "a;b/../c", "a b/./c d");

  private static final List<String> OTHERS =
      List.of("...", ".a", "a.", "a/.../b", "a/.b", " ", "+", ";", "?", "a\0b");

  private OddKeys() {}

  static Set<String> all() {
    Set<String> keys = new TreeSet<>(QueryEscapes.load().keySet());
    keys.addAll(SLASHES);
    keys.addAll(STEPS);
    keys.addAll(OTHERS);
    return keys;
  }
}
