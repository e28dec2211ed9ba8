package io.groupcache.spring.ring;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The Go program {@code go-peer}, which is built once per JVM. */
record GoPeer(Language language, List<String> arguments) implements PeerCommand {

  private static final List<String> GROUPS =
      List.of(PeerApplication.VALUES, PeerApplication.KEYS, PeerApplication.ESCAPED);

  GoPeer(Language language, String... arguments) {
    this(language, List.of(arguments));
  }

  @Override
  public ProcessBuilder process(String self, List<String> peers) {
    List<String> command = new ArrayList<>();
    command.add(Binary.PATH.toString());
    command.add("-self=" + self);
    command.add("-peers=" + String.join(",", peers));
    command.add("-listen=" + URI.create(self).getAuthority());
    command.add("-groups=" + GROUPS.stream().map(Hex::encode).collect(Collectors.joining(",")));
    command.addAll(arguments);
    ProcessBuilder process = new ProcessBuilder(command);
    String oldMux = language == Language.GO_1_21 ? "1" : "0";
    process.environment().put("GODEBUG", "httpmuxgo121=" + oldMux);
    return process;
  }

  private static final class Binary {

    static final Path PATH = build();

    private static Path build() {
      try {
        Path source = Path.of(GoPeer.class.getResource("/go-peer").toURI());
        Path directory = Files.createDirectories(Path.of("target", "peers"));
        Path binary = directory.resolve("go-peer").toAbsolutePath();
        Path log = directory.resolve("go-build.log");
        Process build =
            new ProcessBuilder("go", "build", "-buildvcs=false", "-o", binary.toString(), ".")
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
        throw new IllegalStateException("go-peer can't be built", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("go-peer can't be built", e);
      }
    }
  }
}
