package io.groupcache.spring.http.client;

import io.groupcache.GetContext;
import io.groupcache.ProtoGetter;
import io.groupcache.ResultHandler;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.spring.http.PeerState;
import io.groupcache.spring.http.wire.ManyKeys;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to a peer on which keys of a group travel together: those of one get of many, and those
 * of gets that come while others are under way. Safe for use from many threads.
 */
public final class CombiningWay implements ProtoGetter {

  private final PeerBreaker way;
  private final Map<String, CombinedReads> reads = new ConcurrentHashMap<>();

  CombiningWay(PeerBreaker way) {
    this.way = way;
  }

  /** What is known of the peer. */
  public PeerState state() {
    return way.state();
  }

  @Override
  public GetResponse get(GetContext context, GetRequest request) {
    return reads
        .computeIfAbsent(request.getGroup(), group -> new CombinedReads(way, group))
        .get(context, request);
  }

  @Override
  public void getAll(
      GetContext context,
      String group,
      Collection<String> keys,
      ResultHandler<GetResponse> answers) {
    List<List<String>> parts = ManyKeys.split(keys);
    for (List<String> part : parts) {
      if (parts.size() > 1) {
        answers.onWait(); // what the others have brought must not wait for this one
      }
      if (part.size() == 1 || !way.takesMany()) {
        way.getAll(context, group, part, answers);
        continue;
      }
      ManyKeysReader reader = way.ask(context, group, part);
      if (reader == null) {
        return; // the peer does not know how: its caller has threads to ask key by key
      }
      readAll(reader, answers);
    }
  }

  private static void readAll(ManyKeysReader reader, ResultHandler<GetResponse> answers) {
    boolean more = true;
    while (more) {
      more = reader.next(answers);
    }
  }

  @Override
  public boolean takesMany() {
    return way.takesMany();
  }

  @Override
  public boolean endsInTime() {
    return way.endsInTime();
  }
}
