package io.groupcache.spring.http.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** The body of a peer's answer, which has to be read within a timeout. */
final class LimitedEntity extends HttpEntityWrapper {

  private final InputStream content;

  LimitedEntity(HttpEntity entity, RequestTimeout timeout) throws IOException {
    super(entity);
    this.content = new LimitedStream(entity.getContent(), timeout);
  }

  @Override
  public InputStream getContent() {
    return content;
  }

  /** What the answer says. */
  private static final class LimitedStream extends FilterInputStream {

    private final RequestTimeout timeout;

    LimitedStream(InputStream in, RequestTimeout timeout) {
      super(in);
      this.timeout = timeout;
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException failure) {
        timeout.throwIfExpired(failure);
        throw failure;
      }
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      try {
        return super.read(b, off, len);
      } catch (IOException failure) {
        timeout.throwIfExpired(failure);
        throw failure;
      }
    }

    @Override
    public void close() throws IOException {
      timeout.cancel();
      timeout.closeConnection(); // unless the end was read: else closing would read what is left
      super.close();
    }
  }
}
