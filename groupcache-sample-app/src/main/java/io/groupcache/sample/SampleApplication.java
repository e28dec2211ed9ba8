package io.groupcache.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** One peer of a ring of map-tile servers. */
@SpringBootApplication
public class SampleApplication {

  /**
   * Starts the peer; {@code --groupcache.self} and {@code --groupcache.peers} place it on a ring.
   */
  public static void main(String[] args) {
    SpringApplication.run(SampleApplication.class, args);
  }
}
