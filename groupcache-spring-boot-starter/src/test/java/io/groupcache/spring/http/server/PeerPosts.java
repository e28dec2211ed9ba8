package io.groupcache.spring.http.server;

import com.google.protobuf.MessageLite;
import io.groupcache.groupcachepb.GetManyRequest;
import io.groupcache.groupcachepb.WaitRequest;
import io.groupcache.groupcachepb.WaitedLoad;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Raw questions about many keys, and waits for loads. */
final class PeerPosts {

  static final String PROTOBUF = "Content-Type: application/x-protobuf\r\n";

  private PeerPosts() {}

  /** A question as it should be, but for those headers. */
  static String question(String group, long asker, String headers, String... keys) {
    return raw(
        "/_groupcache/" + group,
        PROTOBUF + headers,
        GetManyRequest.newBuilder().setAsker(asker).addAllKey(Arrays.asList(keys)).build());
  }

  /** A wait as it should be, but for those headers. */
  static String wait(long asker, String headers, long process, List<Long> loads) {
    WaitRequest.Builder wait = WaitRequest.newBuilder().setAsker(asker).setProcess(process);
    loads.forEach(id -> wait.addLoad(WaitedLoad.newBuilder().setId(id)));
    return raw("/_groupcache/", PROTOBUF + headers, wait.build());
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

  private static String raw(String target, String headers, MessageLite body) {
    return raw(target, headers, new String(body.toByteArray(), StandardCharsets.ISO_8859_1));
  }
}
