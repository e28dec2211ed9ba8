package io.groupcache;

import com.google.protobuf.ByteString;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** A peer in this JVM, which remembers what it was asked. */
final class FakePeer implements ProtoGetter {

  private final List<GetRequest> requests = new CopyOnWriteArrayList<>();
  private final ProtoGetter answer;

  FakePeer(ProtoGetter answer) {
    this.answer = answer;
  }

  /** A peer that gives each key a value. */
  static FakePeer answering(Function<String, String> values) {
    return new FakePeer((context, request) -> response(values.apply(request.getKey())));
  }

  /** A peer that fails with a new exception each time. */
  static FakePeer failing(Supplier<? extends RuntimeException> failure) {
    return new FakePeer((context, request) -> {
      throw failure.get();
    });
  }

  static GetResponse response(String value) {
    return GetResponse.newBuilder().setValue(ByteString.copyFromUtf8(value)).build();
  }

  /** The picker of a peer that owns nothing: all keys are this one's. */
  PeerPicker ownsAll() {
    return key -> this;
  }

  List<GetRequest> requests() {
    return requests;
  }

  @Override
  public GetResponse get(GetContext context, GetRequest request) {
    requests.add(request);
    return answer.get(context, request);
  }
}
