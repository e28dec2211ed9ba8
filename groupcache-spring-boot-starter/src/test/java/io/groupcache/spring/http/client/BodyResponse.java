package io.groupcache.spring.http.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;

/** An answer of which nothing counts but its body. */
final class BodyResponse implements ClientHttpResponse {

  private final byte[] body;

  BodyResponse(byte[] body) {
    this.body = body;
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
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(PeerRequests.PROTOBUF);
    headers.setContentLength(body.length);
    return headers;
  }

  @Override
  public InputStream getBody() {
    return new ByteArrayInputStream(body);
  }

  @Override
  public void close() {}
}
