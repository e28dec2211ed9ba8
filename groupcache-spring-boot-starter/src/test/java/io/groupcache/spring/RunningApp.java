package io.groupcache.spring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A Spring Boot application with a real server, on a port that was free or that it is told. */
public final class RunningApp implements AutoCloseable {

  /** By their names: only the tests have them on their class path. */
  private static final List<String> SECURITY =
      List.of(
          "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
          "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
          "org.springframework.boot.security.autoconfigure.actuate.web.servlet"
              + ".ManagementWebSecurityAutoConfiguration");

  /**
   * It answers peers, and on the busiest machine none of their answers is late, unless a test says
   * otherwise. Peers have half of a get's time.
   */
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "groupcache.self", "http://self.invalid",
          "groupcache.client.connect-timeout", "20s",
          "groupcache.client.read-timeout", "60s",
          "groupcache.timeout", "150s");

  private final ServletWebServerApplicationContext context;

  private RunningApp(ServletWebServerApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts an application of that configuration class, with properties as {@code name=value}, and
   * without Spring Security.
   */
  public static RunningApp start(Class<?> configuration, String... properties) {
    List<String> all = new ArrayList<>(List.of(properties));
    all.add("spring.autoconfigure.exclude=" + String.join(",", SECURITY));
    return startSecured(configuration, all.toArray(String[]::new));
  }

  /** Starts an application with Spring Security, as Boot sets it up by default. */
  public static RunningApp startSecured(Class<?> configuration, String... properties) {
    List<String> args = new ArrayList<>(List.of("--spring.main.banner-mode=off"));
    if (Arrays.stream(properties).noneMatch(property -> property.startsWith("server.port="))) {
      args.add("--server.port=0");
    }
    for (String property : properties) {
      args.add("--" + property);
    }
    SpringApplication application = new SpringApplication(configuration);
    application.setDefaultProperties(DEFAULTS);
    ConfigurableApplicationContext context = application.run(args.toArray(String[]::new));
    return new RunningApp((ServletWebServerApplicationContext) context);
  }

  /** The port that its server listens on. */
  public int port() {
    return context.getWebServer().getPort();
  }

  /** The port that Boot has published under that property, of another server of the application. */
  public int localPort(String property) {
    return context.getEnvironment().getRequiredProperty(property, Integer.class);
  }

  /** Whether Boot has published that property of a port. */
  public boolean hasLocalPort(String property) {
    return context.getEnvironment().containsProperty(property);
  }

  /** The URL of its server, without a path. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Its Tomcat's only connector. */
  public Connector connector() {
    return ((TomcatWebServer) context.getWebServer()).getTomcat().getConnector();
  }

  /** Its context, to be stopped and started. */
  public ConfigurableApplicationContext context() {
    return context;
  }

  /** Its only bean of that type. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }
}
