package io.groupcache.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.http.server.PeerController;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;

/** An application that is deployed to a server, and brings none. */
@ExtendWith(OutputCaptureExtension.class)
class NoEmbeddedServerTests {

  private final WebApplicationContextRunner runner =
      new WebApplicationContextRunner()
          .withPropertyValues("groupcache.self=http://a:1")
          .withClassLoader(
              new FilteredClassLoader(
                  "org.apache.catalina",
                  "org.apache.coyote",
                  "org.springframework.boot.tomcat",
                  "org.eclipse.jetty",
                  "org.springframework.security",
                  "org.springframework.boot.security"))
          .withConfiguration(
              AutoConfigurations.of(
                  GroupCacheAutoConfiguration.class,
                  DispatcherServletAutoConfiguration.class,
                  WebMvcAutoConfiguration.class,
                  PeerEndpointAutoConfiguration.class,
                  PeerSecurityAutoConfiguration.class));

  @Test
  void peersAreAnswered() {
    runner.run(context -> assertThat(context).hasNotFailed().hasSingleBean(PeerController.class));
  }

  @Test
  void anOpenEndpointIsSaidWhateverTheServerThatIsNotThereWouldAskFor(CapturedOutput output) {
    runner
        .withPropertyValues("server.ssl.bundle=peer", "server.ssl.client-auth=need")
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(output).contains("Whoever reaches this application's port");
        });
  }
}
