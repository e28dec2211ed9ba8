package io.groupcache.spring;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that a test needs and a developer may not have. Without it the test is skipped, but in
 * CI, where {@code CI=true}, it fails: there nobody would notice.
 */
public final class RequiredTool {

  private RequiredTool() {}

  /** Runs the tool, such as {@code "go", "version"}, to see whether it is there. */
  public static void orSkip(String... command) {
    orSkip("true".equals(System.getenv("CI")), command);
  }

  static void orSkip(boolean mustBeThere, String... command) {
    if (runs(command)) {
      return;
    }
    String message =
        "'" + String.join(" ", command) + "' does not run here, and this test needs it";
    if (mustBeThere) {
      fail(message + " (CI=true)");
    }
    abort(message);
  }

  private static boolean runs(String... command) {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
