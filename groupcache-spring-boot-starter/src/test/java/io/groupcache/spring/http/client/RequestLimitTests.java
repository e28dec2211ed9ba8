package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

import io.groupcache.spring.http.wire.PeerTimeout;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RequestLimitTests {

  @Test
  void aConnectionThatItTakesAwayBeforeItIsUsedIsATimeOut() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    ExecRuntime connection = mock();
    willAnswer(
            call -> {
              taken.countDown();
              return null;
            })
        .given(connection)
        .discardEndpoint();
    ExecChain chain = mock();
    ClassicHttpRequest request = new BasicClassicHttpRequest("GET", "/");
    request.setHeader(PeerTimeout.HEADER, "1");
    ExecChain.Scope scope =
        new ExecChain.Scope(
            "1",
            new HttpRoute(new HttpHost("localhost", 80)),
            request,
            connection,
            new PeerExchange(null));
    given(chain.proceed(request, scope))
        .willAnswer(call -> {
          taken.await(20, TimeUnit.SECONDS);
          throw new IllegalStateException("Endpoint not acquired");
        });
    try (Watchdog watchdog = new Watchdog()) {
      RequestTimes times = new RequestTimes(Duration.ofMinutes(1), Duration.ofMinutes(1));
      RequestLimit limit = new RequestLimit(watchdog, times);

      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> limit.execute(request, scope, chain))
          .withMessage("no answer within 1 ms");
    }
  }
}
