package io.groupcache.spring.http.server;

import com.google.protobuf.MessageLite;
import io.groupcache.ByteView;
import io.groupcache.groupcachepb.GetManyRequest;
import io.groupcache.groupcachepb.KeyResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Raw requests for many keys, and what is in the answers. */
final class ManyKeysPost {

  static final String PROTOBUF = "Content-Type: application/x-protobuf\r\n";

  private ManyKeysPost() {}

  /** A request as it should be, but for those headers. */
  static String of(String group, String headers, String... keys) {
    MessageLite body = GetManyRequest.newBuilder().addAllKey(Arrays.asList(keys)).build();
    return raw(
        "/_groupcache/" + group,
        PROTOBUF + headers,
        new String(body.toByteArray(), StandardCharsets.ISO_8859_1));
  }

  /** A request with that target, headers but for the length, and body, as ISO-8859-1. */
  static String raw(String target, String headers, String body) {
    return "POST "
        + target
        + " HTTP/1.1\r\nHost: a\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** The messages that a body is. */
  static List<KeyResponse> messages(ByteView body) throws IOException {
    InputStream in = new ByteArrayInputStream(body.copy());
    List<KeyResponse> messages = new ArrayList<>();
    while (in.available() > 0) {
      messages.add(KeyResponse.parseDelimitedFrom(in));
    }
    return messages;
  }
}
