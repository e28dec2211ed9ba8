package io.groupcache.spring.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what follows in the chain, to the last byte of the peer's answer. A socket's own time-out
 * starts afresh with every byte, and a response that is closed early is read to its end: a peer
 * that sends a little now and then, for ever, would hold its caller for ever.
 */
final class ExchangeLimit implements ExecChainHandler {

  private final ScheduledExecutorService timer;
  private final Rule rule;

  ExchangeLimit(ScheduledExecutorService timer, Rule rule) {
    this.timer = timer;
    this.rule = rule;
  }

  /** How long an exchange may take. */
  @FunctionalInterface
  interface Rule {

    /** The limit of this one; the rule may also change the request, or the context. */
    Duration limit(ClassicHttpRequest request, HttpClientContext context);
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Alarm alarm = new Alarm(scope.execRuntime, rule.limit(request, scope.clientContext));
    alarm.set(timer);
    ClassicHttpResponse response;
    try {
      response = chain.proceed(request, scope);
    } catch (IOException e) {
      alarm.off();
      throw alarm.explain(e);
    } catch (IllegalStateException e) {
      alarm.off();
      if (alarm.rung) { // before the connection was used: that it is not there is no other failure
        throw alarm.late(e);
      }
      throw e;
    } catch (HttpException | RuntimeException | Error e) {
      alarm.off();
      throw e;
    }
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      alarm.off();
    } else {
      response.setEntity(new LimitedEntity(entity, alarm));
    }
    return response;
  }

  /** Breaks the connection when the time is up. */
  private static final class Alarm implements Runnable {

    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ExecRuntime connection;
    private final Duration limit;
    private volatile boolean rung;
    private @Nullable Future<?> scheduled;

    Alarm(ExecRuntime connection, Duration limit) {
      this.connection = connection;
      this.limit = limit;
    }

    void set(ScheduledExecutorService timer) {
      // Again and again, because there may be no connection at first.
      scheduled =
          timer.scheduleWithFixedDelay(this, limit.toNanos(), AGAIN_NANOS, TimeUnit.NANOSECONDS);
    }

    void off() {
      if (scheduled != null) {
        scheduled.cancel(false);
      }
    }

    @Override
    public void run() {
      rung = true;
      connection.discardEndpoint();
    }

    /** What is wrong with a connection that this has broken is that the time was up. */
    IOException explain(IOException failure) {
      return rung ? late(failure) : failure;
    }

    IOException late(Exception failure) {
      SocketTimeoutException late =
          new SocketTimeoutException("no answer within " + limit.toMillis() + " ms");
      late.addSuppressed(failure);
      return late;
    }
  }

  private static final class LimitedEntity extends HttpEntityWrapper {

    private final InputStream content;

    LimitedEntity(HttpEntity entity, Alarm alarm) throws IOException {
      super(entity);
      this.content = new LimitedStream(entity.getContent(), alarm);
    }

    @Override
    public InputStream getContent() {
      return content;
    }
  }

  private static final class LimitedStream extends FilterInputStream {

    private final Alarm alarm;
    private boolean atEnd;

    LimitedStream(InputStream in, Alarm alarm) {
      super(in);
      this.alarm = alarm;
    }

    @Override
    public int read() throws IOException {
      try {
        int b = super.read();
        atEnd |= b == -1;
        return b;
      } catch (IOException e) {
        throw alarm.explain(e);
      }
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      try {
        int count = super.read(b, off, len);
        atEnd |= count == -1;
        return count;
      } catch (IOException e) {
        throw alarm.explain(e);
      }
    }

    @Override
    public void close() throws IOException {
      alarm.off();
      if (!atEnd) {
        alarm.connection.discardEndpoint(); // else closing would read what is left, and wait for it
      }
      super.close();
    }
  }
}
