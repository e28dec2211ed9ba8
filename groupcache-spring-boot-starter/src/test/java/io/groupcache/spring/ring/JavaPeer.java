package io.groupcache.spring.ring;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link PeerApplication} in a process of its own, on this JVM's class path. */
record JavaPeer(List<String> arguments) implements PeerCommand {

  JavaPeer(String... arguments) {
    this(List.of(arguments));
  }

  @Override
  public Language language() {
    return Language.JAVA;
  }

  @Override
  public ProcessBuilder process(String self, List<String> peers) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Peers start often and live for seconds.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-cp", classPath(), PeerApplication.class.getName()));
    command.add("--server.address=127.0.0.1");
    command.add("--server.port=" + URI.create(self).getPort());
    command.add("--groupcache.self=" + self);
    command.add("--groupcache.peers=" + String.join(",", peers));
    command.add("--management.endpoints.web.exposure.include=metrics");
    command.add("--groupcache.security.expose-messages=always"); // Go peers know no secret
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  private static String classPath() {
    // Surefire may have put the class path into the manifest of a jar.
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
