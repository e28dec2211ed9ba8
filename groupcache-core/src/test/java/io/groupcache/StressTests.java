package io.groupcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Runs the races of all classes named {@code …Stress}, on real memory, as the JIT compiles them;
 * with {@code -Dproofs=long} more often, and each thread compiled in each way. The report is in
 * {@code target/jcstress}.
 */
@Timeout(1200)
class StressTests {

  private static final int RACES = 6;

  @Test
  void noRaceHasAForbiddenEnd() throws Exception {
    Path directory = Files.createDirectories(Path.of("target", "jcstress"));
    Path log = directory.resolve("log.txt");
    Process races =
        new ProcessBuilder(command())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(races.waitFor(1190, TimeUnit.SECONDS)).as("ended; see " + log).isTrue();
    } finally {
      races.destroy();
    }
    String said = Files.readString(log);
    String summary = said.substring(Math.max(0, said.indexOf("RUN RESULTS:")));
    System.out.println(summary);

    assertThat(races.exitValue()).as(summary).isZero();
    assertThat(summary).contains("All remaining tests: " + RACES + " matching test results");
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", absolute(System.getProperty("java.class.path"))));
    command.add("org.openjdk.jcstress.Main");
    command.addAll(List.of("-r", ".", "-jvmArgs", "-Xmx256m", "-f", "1", "-fsm", "1"));
    // Otherwise it counts the processors that it gets, and on a busy machine runs nothing at all.
    command.addAll(List.of("-c", "2", "-af", "NONE"));
    boolean isLong = Proof.bound(0, 1) == 1;
    command.addAll(List.of("-sc", String.valueOf(isLong)));
    command.addAll(
        isLong ? List.of("-iters", "5", "-time", "1000") : List.of("-iters", "2", "-time", "300"));
    return command;
  }

  private static String absolute(String classPath) {
    List<String> absolute = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      absolute.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, absolute);
  }
}
