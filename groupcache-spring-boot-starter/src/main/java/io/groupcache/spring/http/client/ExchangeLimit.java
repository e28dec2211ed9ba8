package io.groupcache.spring.http.client;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Gives an exchange on a connection its own time, within that of the {@link RequestLimit}, and
 * tells the peer.
 */
final class ExchangeLimit implements ExecChainHandler {

  private final RequestTimes times;

  ExchangeLimit(RequestTimes times) {
    this.times = times;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    PeerExchange exchange = PeerExchange.of(scope.clientContext);
    ExchangeAlarm alarm = exchange.alarm();
    alarm.reset(times.ofExchange(request, exchange));
    try {
      return chain.proceed(request, scope);
    } catch (IOException e) {
      IOException failure = alarm.explain(e);
      alarm.reset(exchange.left()); // for another exchange, if there is one
      throw failure;
    }
  }
}
