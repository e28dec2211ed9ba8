package io.groupcache.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.Certificates;
import io.groupcache.spring.RunningApp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class OpenEndpointWarningTests {

  private static final String WARNING = "Whoever reaches this application's port";

  @Test
  void anEndpointThatIsOpenToEveryoneIsSaidOnce(CapturedOutput output) {
    RunningApp.start(App.class).close();

    assertThat(output.toString().lines().filter(line -> line.contains(WARNING)))
        .singleElement()
        .asString()
        .contains(
            "WARN",
            "/_groupcache/",
            "groupcache.security.shared-secret",
            "groupcache.server.port",
            "server.ssl.client-auth=need");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "groupcache.security.shared-secret=s3cret",
        "groupcache.server.port=0",
        "groupcache.security.allow-anonymous=true",
        "groupcache.self=",
        "groupcache.enabled=false",
      })
  void nothingIsSaidOfOneThatIsClosed(String property, CapturedOutput output) {
    RunningApp.start(App.class, property).close();

    assertThat(output).doesNotContain(WARNING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"need", "want", "none"})
  void onlyACertificateThatEveryoneHasToShowClosesIt(
      String clientAuth, @TempDir Path directory, CapturedOutput output) throws Exception {
    Certificates certificates = new Certificates(directory);
    List<String> properties =
        new ArrayList<>(certificates.bundle("peer", certificates.issue("one.p12", "one")));
    properties.add("server.ssl.bundle=peer");
    properties.add("server.ssl.client-auth=" + clientAuth);
    RunningApp.start(App.class, properties.toArray(String[]::new)).close();

    assertThat(output.toString().contains(WARNING)).isEqualTo(!clientAuth.equals("need"));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {}
}
