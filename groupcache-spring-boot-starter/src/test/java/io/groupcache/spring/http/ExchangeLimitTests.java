package io.groupcache.spring.http;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExchangeLimitTests {

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
    ExecChain.Scope scope =
        new ExecChain.Scope(
            "1",
            new HttpRoute(new HttpHost("localhost", 80)),
            request,
            connection,
            HttpClientContext.create());
    given(chain.proceed(request, scope))
        .willAnswer(call -> {
          taken.await(20, TimeUnit.SECONDS);
          throw new IllegalStateException("Endpoint not acquired");
        });
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try {
      ExchangeLimit limit = new ExchangeLimit(timer, (any, context) -> Duration.ofMillis(1));

      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> limit.execute(request, scope, chain))
          .withMessage("no answer within 1 ms");
    } finally {
      timer.shutdownNow();
    }
  }
}
