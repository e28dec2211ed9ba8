package io.groupcache.benchmarks.process;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Options of a command line: {@code --name value}. */
public final class Options {

  private final Map<String, String> values = new HashMap<>();

  /** Reads them. */
  public Options(String[] args) {
    if (args.length % 2 != 0) {
      throw new IllegalArgumentException("Options are '--name value': " + List.of(args));
    }
    for (int i = 0; i < args.length; i += 2) {
      values.put(args[i], args[i + 1]);
    }
  }

  /** What an option says. */
  public String text(String name, String otherwise) {
    return values.getOrDefault("--" + name, otherwise);
  }

  /** What an option says, which is a number. */
  public int number(String name, int otherwise) {
    return Integer.parseInt(text(name, "" + otherwise));
  }

  /** What an option says in seconds. */
  public Duration seconds(String name, double otherwise) {
    return Duration.ofMillis((long) (Double.parseDouble(text(name, "" + otherwise)) * 1000));
  }

  /** What an option says, separated by commas. */
  public <T> List<T> list(String name, String otherwise, Function<String, T> parse) {
    return Arrays.stream(text(name, otherwise).split(",")).map(parse).toList();
  }
}
