package io.groupcache.spring.ring;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Builds Go programs from this module's test resources; the binaries are in {@code target/}. */
public final class GoBuild {

  private GoBuild() {}

  /**
   * Builds a program.
   *
   * @param module the folder among the test resources that has the {@code go.mod}
   * @param program the package in it, or in a module that it requires
   * @return the binary, which has the module's name
   */
  public static Path build(String module, String program) {
    try {
      Path source =
          Path.of(Objects.requireNonNull(GoBuild.class.getResource("/" + module)).toURI());
      Path directory = Files.createDirectories(Path.of("target", "peers"));
      Path binary = directory.resolve(module).toAbsolutePath();
      Path log = directory.resolve(module + "-build.log");
      Process build =
          new ProcessBuilder("go", "build", "-buildvcs=false", "-o", binary.toString(), program)
              .directory(source.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try {
        // Long, because at the first time it may have to download the modules.
        if (!build.waitFor(5, TimeUnit.MINUTES) || build.exitValue() != 0) {
          throw new IllegalStateException("go build failed:\n" + Files.readString(log));
        }
      } finally {
        build.destroyForcibly();
      }
      return binary;
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(module + " can't be built", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(module + " can't be built", e);
    }
  }
}
