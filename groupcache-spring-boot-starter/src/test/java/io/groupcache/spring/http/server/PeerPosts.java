package io.groupcache.spring.http.server;

import com.google.protobuf.MessageLite;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.GetManyRequest;
import io.groupcache.groupcachepb.KeyContext;
import io.groupcache.groupcachepb.WaitRequest;
import io.groupcache.groupcachepb.WaitedLoad;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** A question about keys, each of which loads on other peers wait for. */
  static String question(String group, long asker, Map<String, List<String>> ancestors) {
    GetManyRequest.Builder question = GetManyRequest.newBuilder().setAsker(asker);
    ancestors.forEach((key, names) ->
        question
            .addContext(
                KeyContext.newBuilder().setIndex(question.getKeyCount()).addAllAncestor(names))
            .addKey(key));
    return question(group, question.build());
  }

  /** That question. */
  static String question(String group, GetManyRequest question) {
    return raw("/_groupcache/" + group, PROTOBUF, question);
  }

  /** What a peer says of changes, but for those headers. */
  static String exchange(String headers, Exchange said) {
    return raw("/_groupcache/", PROTOBUF + "Groupcache-Exchange: 1\r\n" + headers, said);
  }

  /** A wait as it should be, but for those headers. */
  static String wait(long asker, String headers, long process, List<Long> loads) {
    Map<Long, List<String>> ancestors = new LinkedHashMap<>();
    loads.forEach(id -> ancestors.put(id, List.of()));
    return wait(asker, headers, process, ancestors);
  }

  /** A wait for loads, each of which loads on other peers wait for. */
  static String wait(long asker, String headers, long process, Map<Long, List<String>> ancestors) {
    WaitRequest.Builder wait = WaitRequest.newBuilder().setAsker(asker).setProcess(process);
    ancestors.forEach(
        (id, names) -> wait.addLoad(WaitedLoad.newBuilder().setId(id).addAllAncestor(names)));
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
