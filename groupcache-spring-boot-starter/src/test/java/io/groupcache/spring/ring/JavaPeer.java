package io.groupcache.spring.ring;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link PeerApplication} in a process of its own, on this JVM's class path.
 *
 * @param arguments what its command line has besides
 */
public record JavaPeer(List<String> arguments) implements PeerCommand {

  /** A peer with these arguments besides. */
  public JavaPeer(String... arguments) {
    this(List.of(arguments));
  }

  @Override
  public Language language() {
    return Language.JAVA;
  }

  @Override
  public ProcessBuilder process(String self, List<String> peers) {
    return process(self, URI.create(self).getPort(), peers);
  }

  /** The same with a port of its own, for one that others reach by a way round. */
  public ProcessBuilder process(String self, int port, List<String> peers) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Peers start often and live for seconds.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-cp", classPath(), PeerApplication.class.getName()));
    command.add("--server.address=127.0.0.1");
    command.add("--server.port=" + port);
    command.add("--groupcache.self=" + self);
    command.add("--groupcache.peers=" + String.join(",", peers));
    command.add("--management.endpoints.web.exposure.include=metrics");
    // Go peers know no secret.
    command.add("--groupcache.security.allow-anonymous=true");
    command.add("--groupcache.security.expose-messages=always");
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  private static String classPath() {
    // Surefire may have put the class path into the manifest of a jar.
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
