package io.groupcache.spring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

@Timeout(60)
class RequiredToolTests {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @Test
  void aToolThatIsThereLetsTheTestRun() {
    assertThatCode(() -> RequiredTool.orSkip(true, JAVA, "-version")).doesNotThrowAnyException();
  }

  @Test
  void aMissingToolSkipsTheTestAndSaysSo() {
    assertThatThrownBy(() -> RequiredTool.orSkip(false, "no-such-tool", "version"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("'no-such-tool version' does not run here");
  }

  @Test
  void aMissingToolFailsTheTestInCi() {
    assertThatThrownBy(() -> RequiredTool.orSkip(true, "no-such-tool", "version"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("'no-such-tool version' does not run here");
  }

  @Test
  void aToolThatFailsIsMissing() {
    assertThatThrownBy(() -> RequiredTool.orSkip(true, JAVA, "-no-such-option"))
        .isInstanceOf(AssertionError.class);
  }
}
