package io.groupcache.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Getter;
import io.groupcache.GroupCache;
import io.groupcache.Sinks;
import io.groupcache.spring.ClassPath;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Applications that leave out what is optional. With class paths of their own: a class that is
 * filtered out of the tests' one is still found by those that need it.
 */
class MissingClassesTests {

  private static final String[] SECURITY = {"spring-security", "spring-boot-security"};
  private static final String[] METRICS = {
    "micrometer-core", "spring-boot-micrometer", "spring-boot-starter-actuator"
  };
  private static final String[] TOMCAT = {"tomcat-embed", "spring-boot-tomcat"};
  private static final String[] WEB_MVC = {"spring-webmvc", "spring-boot-webmvc"};
  private static final String[] SERVLET = {"jakarta.servlet", "spring-boot-servlet"};

  @Test
  void withoutSecurity() throws Exception {
    ClassPath.ofTests().without(SECURITY).run(WebApplication.class);
  }

  @Test
  void withoutMetrics() throws Exception {
    ClassPath.ofTests().without(SECURITY).without(METRICS).run(WebApplication.class);
  }

  @Test
  void withoutAnyServer() throws Exception {
    ClassPath.ofTests()
        .without(SECURITY)
        .without(METRICS)
        .without(TOMCAT)
        .without(WEB_MVC)
        .without(SERVLET)
        .run(PlainApplication.class);
  }

  @Test
  void withoutSpringMvc() throws Exception {
    ClassPath.ofTests().without(SECURITY).without(WEB_MVC).run(WebApplication.class);
  }

  @Test
  void conditionsAreKnownBeforeAnyClassIsLoaded() throws Exception {
    var metadata =
        PropertiesLoaderUtils.loadProperties(
            new ClassPathResource("META-INF/spring-autoconfigure-metadata.properties"));
    assertThat(metadata)
        .containsKey(PeerSecurityAutoConfiguration.class.getName() + ".ConditionalOnClass")
        .containsKey(GroupCacheMetricsAutoConfiguration.class.getName() + ".ConditionalOnClass");
  }

  static class WebApplication implements Runnable {

    @Override
    public void run() {
      TomcatURLStreamHandlerFactory.disable(); // a JVM can have but one, and has it
      assertThatItStarts("--server.port=0");
    }
  }

  static class PlainApplication implements Runnable {

    @Override
    public void run() {
      assertThat(getClass().getClassLoader().getResource("jakarta/servlet/Servlet.class")).isNull();
      assertThatItStarts();
    }
  }

  private static void assertThatItStarts(String... arguments) {
    try (var context = SpringApplication.run(Application.class, arguments)) {
      assertThat(context.getBean(GroupCache.class).group("echo").get("k", Sinks.string()))
          .isEqualTo("k");
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }
  }
}
