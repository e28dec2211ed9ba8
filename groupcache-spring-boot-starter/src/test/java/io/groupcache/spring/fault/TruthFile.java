package io.groupcache.spring.fault;

import io.groupcache.spring.ring.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A source of values of its own for a ring, and how its peers find it. */
record TruthFile(Truth truth, String argument) {

  static TruthFile create() throws IOException {
    Path file = Files.createTempFile(Files.createDirectories(Path.of("target")), "truth", "");
    return new TruthFile(new Truth(file), "--test.truth=" + file.toAbsolutePath());
  }
}
