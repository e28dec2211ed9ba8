package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Getter;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.server.port.PeerPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Applications of two contexts, both with auto-configuration: peers are answered by one of them.
 */
@Timeout(60)
class ChildContextTests {

  private static final String SECURITY =
      "--spring.autoconfigure.exclude="
          + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
          + "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
          + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration";

  @Test
  void notByAServletWithAContextOfItsOwnBesideTheApplications() throws IOException {
    try (RunningApp app = RunningApp.start(TwoServlets.class);
        RawHttp connection = new RawHttp(app.port())) {
      assertThat(connection.get("/_groupcache/echo/k").status()).isEqualTo(200);
      assertThat(connection.get("/other/_groupcache/echo/k").status()).isEqualTo(404);
    }
  }

  @Test
  void byTheChildWhereOnlyItHasAServer() throws IOException {
    try (ConfigurableApplicationContext child = start()) {
      assertThat(status(child, "local.server.port")).isEqualTo(200);
    }
  }

  @Test
  void onOnePortOfTheirOwn() throws IOException {
    try (ConfigurableApplicationContext child = start("--groupcache.server.port=0")) {
      assertThat(status(child.getParent(), PeerPort.PROPERTY)).isEqualTo(200);
      assertThat(child.containsLocalBean("peerPort")).isFalse();
      assertThat(status(child, "local.server.port")).isEqualTo(404);
    }
  }

  private static int status(@Nullable ApplicationContext context, String port) throws IOException {
    Objects.requireNonNull(context);
    try (RawHttp connection =
        new RawHttp(context.getEnvironment().getRequiredProperty(port, Integer.class))) {
      return connection.get("/_groupcache/echo/k").status();
    }
  }

  private static ConfigurableApplicationContext start(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--server.port=0", "--groupcache.self=http://self.invalid", SECURITY));
    return new SpringApplicationBuilder(Parent.class)
        .child(Child.class)
        .web(WebApplicationType.SERVLET)
        .run(all.toArray(String[]::new));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Parent {

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Child {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class TwoServlets {

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }

    @Bean
    ServletRegistrationBean<DispatcherServlet> otherServlet(ApplicationContext parent) {
      AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
      context.setParent(parent);
      var registration = new ServletRegistrationBean<>(new DispatcherServlet(context), "/other/*");
      registration.setName("other");
      return registration;
    }
  }
}
