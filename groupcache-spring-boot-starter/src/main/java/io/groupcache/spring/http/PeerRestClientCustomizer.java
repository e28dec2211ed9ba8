package io.groupcache.spring.http;

import io.groupcache.spring.http.client.RestClientProtoGetter;
import org.springframework.web.client.RestClient;

/**
 * Changes the {@link RestClient} with which this peer asks the others: headers, interceptors,
 * observations. A bean of this type is applied after the starter's own settings; {@link
 * RestClientProtoGetter#contextOf} gives an interceptor the context of the get. One that replaces
 * the request factory answers for its time-outs: a request is made in the thread of the get, so it
 * has to end at the deadline that its {@code Groupcache-Timeout} header gives, and when it is
 * interrupted.
 */
@FunctionalInterface
public interface PeerRestClientCustomizer {

  /** Changes the builder, once, before the first request. */
  void customize(RestClient.Builder builder);
}
