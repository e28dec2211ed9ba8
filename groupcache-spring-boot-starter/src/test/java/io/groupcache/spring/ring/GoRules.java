package io.groupcache.spring.ring;

import java.util.List;

/**
 * What becomes of a get in a ring with Go peers, whose clients and servers do odd things to some
 * keys. Everything else is loaded by its owner, and by nobody else.
 */
final class GoRules {

  private final Ring ring;

  GoRules(Ring ring) {
    this.ring = ring;
  }

  /** Where the getter runs, and for which key, when {@code asker} is the first to ask. */
  Load load(Peer asker, String key) {
    Peer owner = ring.owner(key);
    if (owner.equals(asker) || refuses(owner, asker, key)) {
      return new Load(asker, key);
    }
    if (!owner.isGo()) {
      return new Load(owner, key);
    }
    // A Go peer treats a peer's request as anybody's: it may pass it on.
    return load(owner, asReadByGo(asker, key));
  }

  /** A Go client sends a space as '+', and a Go server takes '+' for a '+'. */
  static String asReadByGo(Peer asker, String key) {
    return asker.isGo() ? key.replace(' ', '+') : key;
  }

  /** Whether the owner does not answer with a value, so that the asker loads the key itself. */
  static boolean refuses(Peer owner, Peer asker, String key) {
    return switch (owner.language()) {
      // Tomcat takes no %00.
      case JAVA -> key.indexOf('\0') >= 0;
      // Redirects what is a step in the path as it is sent. Java peers escape the dots, too.
      case GO -> asker.isGo() && (key.equals(".") || key.equals(".."));
      // Redirects what is a step in the path, or an empty one, once it is decoded.
      case GO_1_21 -> hasStepOrGap(key);
    };
  }

  private static boolean hasStepOrGap(String key) {
    List<String> segments = List.of(key.split("/", -1));
    return segments.contains(".")
        || segments.contains("..")
        || segments.subList(0, segments.size() - 1).contains("");
  }

  /** A run of a getter. */
  record Load(Peer peer, String key) {}
}
