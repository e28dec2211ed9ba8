package io.groupcache.spring.http.server;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Whatever a peer sends to a real server, it is answered in plain words, and nothing stays behind.
 * This looks for requests that are new to the code; {@link PeerRequestVolumeTests} sends many.
 */
class PeerRequestFuzzTests {

  private static FuzzedApp app;

  @BeforeAll
  static void start() throws IOException {
    app = FuzzedApp.start();
  }

  @AfterAll
  static void nothingStaysBehind() throws IOException {
    app.stop();
  }

  /** {@code input} is all that a connection sends before it sends no more. */
  @DictionaryFile(resourcePath = "peer-request.dict")
  @FuzzTest(maxExecutions = 5_000, maxDuration = "10m")
  void whateverIsSentIsAnsweredInPlainWords(byte @NotNull [] input) throws IOException {
    app.send(input);
    if (app.sent() % 500 == 0) {
      app.assertStillAnswers();
    }
  }
}
