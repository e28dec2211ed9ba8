package io.groupcache.spring.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Bounds what follows in the chain, to the last byte of the peer's answer. A socket's own time-out
 * starts afresh with every byte, and a response that is closed early is read to its end: a peer
 * that sends a little now and then, for ever, would hold its caller for ever.
 */
final class ExchangeLimit implements ExecChainHandler {

  private final ScheduledExecutorService timer;
  private final Duration limit;

  ExchangeLimit(ScheduledExecutorService timer, Duration limit) {
    this.timer = timer;
    this.limit = limit;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ExecRuntime connection = scope.execRuntime;
    Future<?> alarm =
        timer.schedule(connection::discardEndpoint, limit.toNanos(), TimeUnit.NANOSECONDS);
    ClassicHttpResponse response;
    try {
      response = chain.proceed(request, scope);
    } catch (IOException | HttpException | RuntimeException e) {
      alarm.cancel(false);
      throw e;
    }
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      alarm.cancel(false);
    } else {
      response.setEntity(new LimitedEntity(entity, connection, alarm));
    }
    return response;
  }

  private static final class LimitedEntity extends HttpEntityWrapper {

    private final InputStream content;

    LimitedEntity(HttpEntity entity, ExecRuntime connection, Future<?> alarm) throws IOException {
      super(entity);
      this.content = new LimitedStream(entity.getContent(), connection, alarm);
    }

    @Override
    public InputStream getContent() {
      return content;
    }
  }

  private static final class LimitedStream extends FilterInputStream {

    private final ExecRuntime connection;
    private final Future<?> alarm;
    private boolean atEnd;

    LimitedStream(InputStream in, ExecRuntime connection, Future<?> alarm) {
      super(in);
      this.connection = connection;
      this.alarm = alarm;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      atEnd |= b == -1;
      return b;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      int count = super.read(b, off, len);
      atEnd |= count == -1;
      return count;
    }

    @Override
    public void close() throws IOException {
      alarm.cancel(false);
      if (!atEnd) {
        connection.discardEndpoint(); // else closing would read what is left, and wait for it
      }
      super.close();
    }
  }
}
