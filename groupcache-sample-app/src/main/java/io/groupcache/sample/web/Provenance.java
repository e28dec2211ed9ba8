package io.groupcache.sample.web;

import io.groupcache.GetResult;
import io.groupcache.spring.http.HttpPool;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Says in the headers of an answer where its value came from, and which peer owns its key. */
@Component
class Provenance {

  private final HttpPool pool;

  Provenance(HttpPool pool) {
    this.pool = pool;
  }

  /**
   * The start of an answer with such a value. A browser may not keep it: a visitor is here to see
   * the ring's caches at work, not the browser's.
   */
  ResponseEntity.BodyBuilder answer(String key, GetResult result) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.ok()
            .cacheControl(CacheControl.noStore())
            .header("Groupcache-Source", result.source().name().toLowerCase(Locale.ROOT));
    pool.owner(key).ifPresent(owner -> answer.header("Groupcache-Owner", owner));
    return answer;
  }
}
