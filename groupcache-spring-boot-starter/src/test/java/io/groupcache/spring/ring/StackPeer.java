package io.groupcache.spring.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** A peer on whatever server its class path has; tests ask it by a server of the JDK's. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StackPeer {

  /** The property with the port that tests ask. */
  static final String TEST_PORT = "test.port";

  /** Starts a peer. */
  public static void main(String[] args) throws IOException {
    ApplicationContext context = SpringApplication.run(StackPeer.class, args);
    Group values = context.getBean(GroupCache.class).group("values");
    int port = context.getEnvironment().getRequiredProperty(TEST_PORT, Integer.class);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/get", asked -> answer(asked, values.get(asked.getRequestURI().getQuery()).utf8()));
    server.createContext("/loads", asked -> answer(asked, "" + values.stats().loadsLocal()));
    server.createContext("/server", asked -> answer(asked, server(context)));
    server.start();
  }

  @Bean
  Getter values(@Value("${groupcache.self}") String self) {
    return (context, key, dest) -> dest.setString(self + " " + key);
  }

  private static String server(ApplicationContext context) {
    return context instanceof WebServerApplicationContext web && web.getWebServer() != null
        ? web.getWebServer().getClass().getSimpleName()
        : "none";
  }

  private static void answer(HttpExchange asked, String text) throws IOException {
    try (asked) {
      byte[] body = text.getBytes(UTF_8);
      asked.sendResponseHeaders(200, body.length);
      asked.getResponseBody().write(body);
    }
  }
}
