package io.groupcache.spring.http.client;

import io.groupcache.spring.http.PeerRestClientCustomizer;
import io.groupcache.spring.http.wire.LoadingHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.web.client.RestClient;

/**
 * Has the questions of a process that was started a moment ago say where it is. A change may be
 * under way which was told to the process that was there before it: whoever has answered it names
 * this one to the author of the change, who tells it, too.
 */
public final class NewcomerHeader implements PeerRestClientCustomizer {

  private final Supplier<Optional<String>> self;
  private final long until;

  /**
   * Makes that of this process.
   *
   * @param self gives its base URL, as the others list it
   * @param moment how long it is a newcomer: at least as long as a change may be under way
   */
  public NewcomerHeader(Supplier<Optional<String>> self, Duration moment) {
    this.self = self;
    this.until = System.nanoTime() + moment.toNanos();
  }

  @Override
  public void customize(RestClient.Builder builder) {
    builder.defaultRequest(request -> {
      if (System.nanoTime() - until < 0) {
        self.get().ifPresent(url -> request.header(LoadingHeaders.ASKER_URL, url));
      }
    });
  }
}
