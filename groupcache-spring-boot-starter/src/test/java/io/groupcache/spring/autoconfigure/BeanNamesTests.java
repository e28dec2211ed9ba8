package io.groupcache.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.util.ClassUtils;

/** An application has names of its own for its beans, and the starter takes none of them. */
class BeanNamesTests {

  private final WebApplicationContextRunner runner =
      new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
          .withPropertyValues("server.port=0", "groupcache.security.shared-secret=secret")
          .withConfiguration(
              AutoConfigurations.of(
                  TomcatServletWebServerAutoConfiguration.class,
                  DispatcherServletAutoConfiguration.class,
                  WebMvcAutoConfiguration.class,
                  ClassUtils.resolveClassName(
                      "org.springframework.boot.security.autoconfigure.web.servlet"
                          + ".ServletWebSecurityAutoConfiguration",
                      null),
                  GroupCacheAutoConfiguration.class,
                  GroupCacheMetricsAutoConfiguration.class,
                  PeerEndpointAutoConfiguration.class,
                  PeerSecurityAutoConfiguration.class));

  @ParameterizedTest
  @ValueSource(strings = {"groupcache.replicas=50", "groupcache.server.port=0"})
  void beansOfTheApplicationMayHaveAnyOtherName(String property) {
    List<String> names =
        List.of(
            "getterGroups",
            "promotionPolicy",
            "loadExecutor",
            "sharedSecret",
            "peerPortCheck",
            "ringHash",
            "peerConnections",
            "httpPool",
            "gracefulLeave",
            "peerContextFactory",
            "peerController",
            "peerEndpoint",
            "peerHandlerMapping",
            "peerNoFormsFilter",
            "openEndpointWarning",
            "peerConnector",
            "encodedSlashesCustomizer",
            "keptConnectionsCustomizer",
            "writeBufferCustomizer",
            "plainRefusalCustomizer",
            "peerRequestMatcher",
            "peerHttpFirewall",
            "peerSecurityCustomizer");
    WebApplicationContextRunner application = runner.withPropertyValues(property);
    for (String name : names) {
      application = application.withBean(name, String.class, () -> name);
    }
    application.run(context -> {
      assertThat(context).hasNotFailed();
      assertThat(context).getBeans(String.class).containsKeys(names.toArray(String[]::new));
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"groupcache.replicas=50", "groupcache.server.port=0"})
  void theStartersBeansHaveItsNameInTheirs(String property) {
    runner
        .withPropertyValues(property)
        .run(context ->
            assertThat(Arrays.stream(context.getBeanDefinitionNames()))
                .filteredOn(
                    name -> isOfTheStarter(context.getBeanFactory().getBeanDefinition(name)))
                .isNotEmpty()
                .allMatch(name -> name.toLowerCase(Locale.ROOT).contains("groupcache")));
  }

  private static boolean isOfTheStarter(BeanDefinition definition) {
    String factory = definition.getFactoryMethodName();
    return factory != null
        && String.valueOf(definition.getResourceDescription()).contains("io.groupcache.spring");
  }
}
