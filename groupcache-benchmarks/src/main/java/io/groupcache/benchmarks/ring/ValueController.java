package io.groupcache.benchmarks.ring;

import io.groupcache.Group;
import io.groupcache.Sinks;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Answers a peer's own clients: {@code GET /value?key=K}. */
@RestController
final class ValueController {

  private final Group values;

  ValueController(Group values) {
    this.values = values;
  }

  @GetMapping("/value")
  String value(@RequestParam("key") String key) {
    return values.get(key, Sinks.string());
  }
}
