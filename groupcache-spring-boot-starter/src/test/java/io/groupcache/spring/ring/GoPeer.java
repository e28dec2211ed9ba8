package io.groupcache.spring.ring;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The Go program {@code go-peer}, which is built once per JVM.
 *
 * @param language which mux it has
 * @param arguments what its command line has besides
 */
public record GoPeer(Language language, List<String> arguments) implements PeerCommand {

  private static final List<String> GROUPS =
      List.of(PeerApplication.VALUES, PeerApplication.KEYS, PeerApplication.ESCAPED);

  /** A peer with these arguments besides. */
  public GoPeer(Language language, String... arguments) {
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
    static final Path PATH = GoBuild.build("go-peer", ".");
  }
}
