package io.groupcache.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.Getter;
import io.groupcache.GroupCache;
import io.groupcache.Sinks;
import io.groupcache.spring.ClassPath;
import io.groupcache.spring.typed.Loader;
import io.groupcache.spring.typed.TypedGroup;
import java.util.Locale;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
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
  private static final String[] JACKSON = {"jackson-", "spring-boot-jackson"};
  private static final String[] TRANSACTIONS = {"spring-tx"};

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
  void withoutJsonAndTransactions() throws Exception {
    ClassPath plain =
        ClassPath.ofTests()
            .without(SECURITY)
            .without(METRICS)
            .without(TOMCAT)
            .without(WEB_MVC)
            .without(SERVLET)
            .without(JACKSON)
            .without(TRANSACTIONS);
    plain.run(PlainApplication.class);
    plain.run(JsonApplication.class);
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

  static class JsonApplication implements Runnable {

    @Override
    public void run() {
      assertThatThrownBy(() -> SpringApplication.run(JsonValues.class))
          .rootCause()
          .hasMessageContaining("group 'places'")
          .hasMessageContaining("Jackson is not on the class path");
    }
  }

  private static void assertThatItStarts(String... arguments) {
    try (var context = SpringApplication.run(Application.class, arguments)) {
      TypedGroup<Object, Object> words = words(context);
      assertThat(words.get(7L)).isEqualTo("word 7");
      words.removeAfterCommit(7L);
      assertThat(words.group().stats().removals()).isEqualTo(1);
      assertThat(context.getBean(GroupCache.class).group("echo").get("k", Sinks.string()))
          .isEqualTo("k");
    }
  }

  @SuppressWarnings("unchecked")
  private static TypedGroup<Object, Object> words(ApplicationContext context) {
    return context.getBean("wordsGroup", TypedGroup.class);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class JsonValues {

    @Bean
    Loader<Long, Locale> places() {
      return id -> Locale.ROOT;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    @Bean
    Loader<Long, String> words() {
      return id -> "word " + id;
    }

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }
  }
}
