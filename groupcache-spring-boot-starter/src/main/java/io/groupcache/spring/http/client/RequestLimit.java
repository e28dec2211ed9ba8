package io.groupcache.spring.http.client;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;

/**
 * Bounds what follows in the chain, from the wait for a connection to the last byte of the peer's
 * answer. A socket's own time-out starts afresh with every byte, and a response that is closed
 * early is read to its end: a peer that sends a little now and then, for ever, would hold its
 * caller for ever.
 */
final class RequestLimit implements ExecChainHandler {

  private final Watchdog watchdog;
  private final RequestTimes times;

  RequestLimit(Watchdog watchdog, RequestTimes times) {
    this.watchdog = watchdog;
    this.times = times;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    PeerExchange exchange = PeerExchange.of(scope.clientContext);
    ExchangeAlarm alarm = exchange.begin(times.ofRequest(request), watchdog, scope.execRuntime);
    boolean answered = false;
    try {
      times.limitLease(exchange);
      ClassicHttpResponse response = chain.proceed(request, scope);
      HttpEntity entity = response.getEntity();
      if (entity != null) {
        response.setEntity(new LimitedEntity(entity, alarm));
        answered = true;
      }
      return response;
    } catch (IOException e) {
      throw alarm.explain(e);
    } catch (IllegalStateException e) {
      throw alarm.explain(e);
    } finally {
      if (!answered) {
        alarm.off();
      }
    }
  }
}
