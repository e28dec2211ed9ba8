package io.groupcache.benchmarks.startup;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parts of the benchmarks' class path, as applications have them that know of no benchmarks. */
final class ClassPath {

  // Maven groups of what spring-boot-starter-webmvc brings, as folders of a local repository.
  private static final List<String> WEB =
      List.of(
          "/org/springframework/",
          "/ch/qos/logback/",
          "/org/apache/logging/",
          "/org/apache/tomcat/",
          "/org/slf4j/",
          "/org/yaml/",
          "/jakarta/",
          "/tools/jackson/",
          "/com/fasterxml/jackson/",
          "/io/micrometer/",
          "/commons-logging/",
          "/org/jspecify/");

  // And of what our starter adds to it.
  private static final List<String> STARTER =
      List.of(
          "/groupcache-core",
          "/groupcache-spring-boot-starter",
          "/com/google/protobuf/",
          "/org/apache/httpcomponents/",
          "/io/github/resilience4j/");

  private ClassPath() {}

  /** An application with spring-boot-starter-webmvc. */
  static String bare() {
    return of(WEB);
  }

  /** An application with our starter, which brings spring-boot-starter-webmvc. */
  static String withStarter() {
    return of(Stream.concat(WEB.stream(), STARTER.stream()).toList());
  }

  private static String of(List<String> parts) {
    String all = System.getProperty("java.class.path");
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> !entry.endsWith(".jar") || parts.stream().anyMatch(unix(entry)::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String unix(String path) {
    return path.replace(File.separatorChar, '/');
  }
}
