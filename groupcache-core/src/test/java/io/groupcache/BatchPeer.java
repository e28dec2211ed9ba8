package io.groupcache;

import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A peer in this JVM that takes many keys in one request, and remembers them. */
final class BatchPeer implements ProtoGetter {

  private final List<List<String>> requests = new CopyOnWriteArrayList<>();
  private final Answer answer;

  BatchPeer(Answer answer) {
    this.answer = answer;
  }

  /** One that gives each key a value, {@code prefix} + key. */
  static BatchPeer prefixing(String prefix) {
    return new BatchPeer((keys, answers) ->
        keys.forEach(key -> answers.onValue(key, FakePeer.response(prefix + key))));
  }

  /** One that fails as a whole. */
  static BatchPeer failing(RuntimeException failure) {
    return new BatchPeer((keys, answers) -> {
      throw failure;
    });
  }

  List<List<String>> requests() {
    return requests;
  }

  @Override
  public GetResponse get(GetContext context, GetRequest request) {
    throw new AssertionError("asked for one key");
  }

  @Override
  public void getAll(
      GetContext context,
      String group,
      Collection<String> keys,
      ResultHandler<GetResponse> answers) {
    requests.add(List.copyOf(keys));
    answer.tell(keys, answers);
  }

  @Override
  public boolean takesMany() {
    return true;
  }

  @FunctionalInterface
  interface Answer {
    void tell(Collection<String> keys, ResultHandler<GetResponse> answers);
  }
}
