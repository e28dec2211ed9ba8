package io.groupcache.benchmarks.startup;

import java.io.IOException;
import java.io.OutputStream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** A web application that does nothing. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class BareApplication {

  /** Takes Spring's arguments. */
  public static void main(String[] args) throws IOException {
    serve(BareApplication.class, args);
  }

  /** Starts an application, says {@code READY}, and ends it when the input ends. */
  static void serve(Class<?> application, String[] args) throws IOException {
    ConfigurableApplicationContext context = SpringApplication.run(application, args);
    System.out.println("READY");
    System.in.transferTo(OutputStream.nullOutputStream());
    context.close();
  }
}
