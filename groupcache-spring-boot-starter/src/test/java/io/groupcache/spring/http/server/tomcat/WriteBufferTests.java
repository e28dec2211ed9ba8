package io.groupcache.spring.http.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.server.GatedApp;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much is written at a time where peers are answered; other ports stay as Tomcat has them. */
@Timeout(60)
class WriteBufferTests {

  @ParameterizedTest
  @CsvSource({
    "groupcache.replicas=50, 32768",
    "groupcache.server.write-buffer-size=8KB, 8192",
    "groupcache.server.port=0, 8192",
    "groupcache.self=, 8192"
  })
  void ofTheApplicationsPort(String property, String bytes) {
    try (RunningApp app = RunningApp.start(GatedApp.class, property)) {
      assertThat(app.connector().getProperty("socket.appWriteBufSize")).hasToString(bytes);
    }
  }
}
