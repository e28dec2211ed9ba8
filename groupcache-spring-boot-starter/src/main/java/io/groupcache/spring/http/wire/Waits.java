package io.groupcache.spring.http.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.groupcache.groupcachepb.WaitRequest;
import io.groupcache.groupcachepb.WaitedLoad;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The wait for loads that a peer has named, in both directions. */
public final class Waits {

  /** How long a wait without an outcome is held, at most. */
  public static final Duration HOLD = Duration.ofSeconds(1);

  /** How many loads one wait may be for. */
  public static final int MAX_LOADS = 20_000;

  /** How many bytes of a request they may take. */
  public static final int MAX_BYTES = ManyKeys.MAX_REQUEST_BYTES - 64;

  private Waits() {}

  /** The bytes that a load takes in a request, its ancestors included. */
  public static int sizeOf(long id, List<String> ancestors) {
    return CodedOutputStream.computeMessageSize(
        WaitRequest.LOAD_FIELD_NUMBER, waited(id, ancestors));
  }

  /**
   * The body of a request.
   *
   * @param loads the ids, and the ancestors of each as they are now
   */
  public static byte[] encode(ProcessId asker, long process, Map<Long, List<String>> loads) {
    WaitRequest.Builder request =
        WaitRequest.newBuilder().setAsker(asker.value()).setProcess(process);
    loads.forEach((id, ancestors) -> request.addLoad(waited(id, ancestors)));
    return request.build().toByteArray();
  }

  /**
   * Reads a request.
   *
   * @throws MalformedRequestException when it is malformed; the message tells a person how
   */
  public static WaitRequest parse(byte[] body) {
    WaitRequest request;
    try {
      request = WaitRequest.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedRequestException("The body is no WaitRequest", e);
    }
    if (request.getLoadCount() == 0 || request.getLoadCount() > MAX_LOADS) {
      throw new MalformedRequestException(
          "A wait is for 1 to " + MAX_LOADS + " loads; this one for " + request.getLoadCount());
    }
    return request;
  }

  private static WaitedLoad waited(long id, List<String> ancestors) {
    return WaitedLoad.newBuilder().setId(id).addAllAncestor(ManyKeys.bounded(ancestors)).build();
  }
}
