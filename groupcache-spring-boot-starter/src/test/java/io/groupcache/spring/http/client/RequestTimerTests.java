package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.groupcache.spring.http.wire.PeerTimeout;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.InOrder;
import org.mockito.stubbing.Answer;

@Timeout(60)
class RequestTimerTests {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final PeerConnectionPool pool =
      new PeerConnectionPool(
          new PeerConnectionSettings("/_groupcache/", LONG, LONG, 1, 1024), new JvmTls());
  private final RequestTimer timer = new RequestTimer(pool, LONG, LONG);
  private final ExecRuntime connection = mock();
  private final ClassicHttpRequest request = new BasicClassicHttpRequest("GET", "/");
  private final ExecChain.Scope scope = scope(connection);

  @AfterEach
  void close() {
    timer.close();
    pool.close();
  }

  @Test
  void aConnectionThatItTakesAwayBeforeItIsUsedIsATimeOut() throws Exception {
    CountDownLatch taken = taken(1);

    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() -> timer.execute(within(1), scope, chain(call -> notAcquired(taken))))
        .withMessage("no answer within 1 ms");
  }

  @Test
  void aConnectionThatComesTooLateIsTakenAwayAsWell() throws Exception {
    CountDownLatch taken = taken(3);

    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() -> timer.execute(within(1), scope, chain(call -> notAcquired(taken))));
  }

  @Test
  void theAnswerHasItsOwnTimeHoweverLongAConnectionWasWaitedFor() throws Exception {
    CountDownLatch taken = taken(1);
    try (RequestTimer strict = new RequestTimer(pool, LONG, Duration.ofMillis(20))) {
      Answer<Object> answer =
          call -> {
            assertThat(taken.await(100, TimeUnit.MILLISECONDS)).isFalse();
            strict.process(request, mock(), scope.clientContext);
            assertThat(request.getFirstHeader(PeerTimeout.HEADER).getValue()).isEqualTo("20");
            return notAcquired(taken);
          };
      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> strict.execute(request, scope, chain(answer)))
          .withMessage("no answer within 20 ms");
    }
  }

  @Test
  void aRequestThatHasEndedIsLeftAlone() throws Exception {
    ExecRuntime ended = mock();
    timer.execute(within(1000), scope(ended), chain(call -> new BasicClassicHttpResponse(204)));
    CountDownLatch taken = taken(1);

    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() -> timer.execute(within(1001), scope, chain(call -> notAcquired(taken))));
    verify(ended, never()).discardEndpoint();
  }

  @Test
  void anAnswerThatIsClosedEarlyIsNotReadToItsEnd() throws Exception {
    InputStream body = mock();

    timer.execute(request, scope, chain(call -> answer(body))).getEntity().getContent().close();

    InOrder order = inOrder(connection, body);
    order.verify(connection).discardEndpoint();
    order.verify(body).close(); // which reads what is left, where there still is a connection
  }

  @Test
  void anAnswerThatBreaksOffWhenItsTimeIsUpIsATimeOut() throws Exception {
    CountDownLatch taken = taken(1);
    InputStream body = mock();
    given(body.read(any(), anyInt(), anyInt()))
        .willAnswer(call -> {
          assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
          throw new SocketException("Closed");
        });
    InputStream content =
        timer.execute(within(1), scope, chain(call -> answer(body))).getEntity().getContent();

    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() -> content.read(new byte[8]))
        .withMessage("no answer within 1 ms");
  }

  /** Counts down when the connection is taken away, which fails at first. */
  private CountDownLatch taken(int times) {
    CountDownLatch taken = new CountDownLatch(times);
    willAnswer(
            call -> {
              taken.countDown();
              if (taken.getCount() > 0) {
                throw new IllegalStateException("meant");
              }
              return null;
            })
        .given(connection)
        .discardEndpoint();
    return taken;
  }

  private static Object notAcquired(CountDownLatch taken) throws InterruptedException {
    assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
    throw new IllegalStateException("Endpoint not acquired");
  }

  private static ClassicHttpResponse answer(InputStream body) {
    ClassicHttpResponse answer = new BasicClassicHttpResponse(200);
    answer.setEntity(new InputStreamEntity(body, ContentType.APPLICATION_OCTET_STREAM));
    return answer;
  }

  private ClassicHttpRequest within(int millis) {
    request.setHeader(PeerTimeout.HEADER, Integer.toString(millis));
    return request;
  }

  private ExecChain.Scope scope(ExecRuntime runtime) {
    return new ExecChain.Scope(
        "1",
        new HttpRoute(new HttpHost("localhost", 80)),
        request,
        runtime,
        HttpClientContext.create());
  }

  private static ExecChain chain(Answer<Object> answer) throws Exception {
    ExecChain chain = mock();
    given(chain.proceed(any(), any())).willAnswer(answer);
    return chain;
  }
}
