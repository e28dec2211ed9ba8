package io.groupcache.spring.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;

/** An answer of which nothing counts but its body. */
final class BodyResponse implements ClientHttpResponse {

  private final InputStream body;
  private volatile boolean closed;

  BodyResponse(InputStream body) {
    this.body = body;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public HttpStatus getStatusCode() {
    return HttpStatus.OK;
  }

  @Override
  public String getStatusText() {
    return "OK";
  }

  @Override
  public HttpHeaders getHeaders() {
    return new HttpHeaders();
  }

  @Override
  public InputStream getBody() {
    return body;
  }

  @Override
  public void close() {
    closed = true;
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
