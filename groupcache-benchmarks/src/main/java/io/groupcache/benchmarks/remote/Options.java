package io.groupcache.benchmarks.remote;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Options of a command line: {@code --name value}. */
final class Options {

  private final Map<String, String> values = new HashMap<>();

  Options(String[] args) {
    if (args.length % 2 != 0) {
      throw new IllegalArgumentException("Options are '--name value': " + List.of(args));
    }
    for (int i = 0; i < args.length; i += 2) {
      values.put(args[i], args[i + 1]);
    }
  }

  String text(String name, String otherwise) {
    return values.getOrDefault("--" + name, otherwise);
  }

  int number(String name, int otherwise) {
    return Integer.parseInt(text(name, "" + otherwise));
  }

  Duration seconds(String name, double otherwise) {
    return Duration.ofMillis((long) (Double.parseDouble(text(name, "" + otherwise)) * 1000));
  }

  <T> List<T> list(String name, String otherwise, Function<String, T> parse) {
    return Arrays.stream(text(name, otherwise).split(",")).map(parse).toList();
  }
}
