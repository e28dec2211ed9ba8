package io.groupcache.spring.ring;

import java.util.List;

/** How to start a peer. */
public interface PeerCommand {

  /** The language that the peer is written in. */
  Language language();

  /** The command that runs the peer of that base URL in a ring of those peers. */
  ProcessBuilder process(String self, List<String> peers);

  /** What a peer is written in, and with Go, how it routes requests. */
  enum Language {
    JAVA,
    /** Go since 1.22: its mux looks at paths as they were sent. */
    GO,
    /** Go before 1.22: its mux looks at decoded paths. */
    GO_1_21;

    /** Whether it is Go, with whatever mux. */
    public boolean isGo() {
      return this != JAVA;
    }
  }
}
