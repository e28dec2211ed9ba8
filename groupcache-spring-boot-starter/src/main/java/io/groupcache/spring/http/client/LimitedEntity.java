package io.groupcache.spring.http.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** A peer's answer, until whose end an alarm is on. */
final class LimitedEntity extends HttpEntityWrapper {

  private final InputStream content;

  LimitedEntity(HttpEntity entity, ExchangeAlarm alarm) throws IOException {
    super(entity);
    this.content = new LimitedStream(entity.getContent(), alarm);
  }

  @Override
  public InputStream getContent() {
    return content;
  }

  /** What the answer says. */
  static final class LimitedStream extends FilterInputStream {

    private final ExchangeAlarm alarm;
    private boolean atEnd;

    LimitedStream(InputStream in, ExchangeAlarm alarm) {
      super(in);
      this.alarm = alarm;
    }

    /** Has the alarm ring in so many nanoseconds, if it does not earlier. */
    void endWithin(long nanos) {
      alarm.resetIfEarlier(nanos);
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
        alarm.breakConnection(); // else closing would read what is left, and wait for it
      }
      super.close();
    }
  }
}
