package io.groupcache;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Knows for each key, or for all that are not named, who is asked for it, and who next. */
record FakeRing(
    ProtoGetter owner, Map<String, List<ProtoGetter>> standInsOf, List<ProtoGetter> rest)
    implements PeerPicker {

  /** One on which the same peers stand in for the owner of all keys. */
  static FakeRing of(ProtoGetter owner, ProtoGetter... standIns) {
    return new FakeRing(owner, Map.of(), List.of(standIns));
  }

  /** One on which a key that is named has stand-ins of its own, and the others have none. */
  static FakeRing of(ProtoGetter owner, Map<String, List<ProtoGetter>> standInsOf) {
    return new FakeRing(owner, standInsOf, List.of());
  }

  @Override
  public @Nullable ProtoGetter pickPeer(String key) {
    return owner;
  }

  @Override
  public Stream<ProtoGetter> standIns(String key) {
    return standInsOf.getOrDefault(key, rest).stream();
  }
}
