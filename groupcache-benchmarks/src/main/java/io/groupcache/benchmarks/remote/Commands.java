package io.groupcache.benchmarks.remote;

import io.groupcache.benchmarks.process.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How to start each rival's processes. All JVMs have the same heap, and else what a JVM has unless
 * it is told.
 *
 * @param goProgram the program built of {@code go/}, which is not there if Go is not installed
 * @param redisProgram Redis' server, which is not there if it is not installed
 * @param ownPort whether our peers have a port of their own
 * @param delay how long the way between client and server takes, one way; zero for what it takes
 */
record Commands(Path goProgram, Path redisProgram, boolean ownPort, Duration delay) {

  private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g");

  // What Hazelcast's manual wants a member to be started with.
  private static final List<String> HAZELCAST_FLAGS =
      List.of(
          "--add-modules=java.se",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.management/sun.management=ALL-UNNAMED",
          "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

  /** Those of the programs that the options name. */
  static Commands of(Options options) {
    return new Commands(
        Path.of(options.text("go", "none")),
        Path.of(options.text("redis", "none")),
        options.text("port", "application").equals("own"),
        options.seconds("delay", 0));
  }

  boolean isInstalled(Rival rival) {
    return switch (rival) {
      case GO -> Files.isExecutable(goProgram);
      case JEDIS, LETTUCE -> Files.isExecutable(redisProgram);
      case GROUPCACHE, HAZELCAST -> true;
    };
  }

  /** A server; those that don't choose a port of their own take that one. */
  List<String> server(Rival rival, int size, int port) {
    return switch (rival) {
      case GROUPCACHE ->
          java(
              List.of(),
              GroupCacheServer.class,
              "--server.address=127.0.0.1",
              "--server.port=0",
              ownPort ? "--groupcache.server.port=0" : "--groupcache.self=http://127.0.0.1:1",
              "--value.size=" + size);
      case GO -> List.of(goProgram.toString(), "server", "" + size);
      case HAZELCAST -> java(HAZELCAST_FLAGS, HazelcastServer.class, "" + port);
      case JEDIS, LETTUCE ->
          List.of(
              redisProgram.toString(), "--bind", "127.0.0.1", "--port", "" + port, "--save", "");
    };
  }

  List<String> client(Rival rival, int size, List<String> servers) {
    List<String> arguments = new ArrayList<>();
    if (rival == Rival.GO) {
      arguments.addAll(List.of(goProgram.toString(), "client", "" + size));
    } else {
      List<String> flags = rival == Rival.HAZELCAST ? HAZELCAST_FLAGS : List.of();
      arguments.addAll(java(flags, ClientProcess.class, rival.option(), "" + size));
    }
    arguments.addAll(servers);
    return arguments;
  }

  private static List<String> java(List<String> flags, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(HEAP);
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
