package io.groupcache.spring.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.groupcache.groupcachepb.GetManyResponse;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.groupcachepb.KeyResponse;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A peer that asks a real server about keys, and waits for what loads, byte by byte. */
final class PeerAsker implements AutoCloseable {

  private final RunningApp app;
  private final long id;
  private final String headers;
  private final RawHttp connection;

  /** Makes the asker of that id, which sends those headers too. */
  PeerAsker(RunningApp app, long id, String headers) throws IOException {
    this.app = app;
    this.id = id;
    this.headers = headers;
    this.connection = new RawHttp(app.port());
  }

  PeerAsker(RunningApp app) throws IOException {
    this(app, 1, "");
  }

  /** What it is told at once, of each key. */
  GetManyResponse ask(String group, String... keys) throws IOException {
    Answer answer = connection.send(PeerPosts.question(group, id, headers, keys));
    GetManyResponse told = message(answer);
    assertThat(told.getKeyList())
        .extracting(KeyResponse::getIndex)
        .hasSize(keys.length)
        .doesNotHaveDuplicates();
    return told;
  }

  /** The ids of the loads that it is told of; of nothing else. */
  List<Long> load(String group, String... keys) throws IOException {
    List<KeyResponse> told = ask(group, keys).getKeyList();
    assertThat(told).allMatch(KeyResponse::hasLoading);
    return told.stream().map(KeyResponse::getLoading).toList();
  }

  /** What a wait for loads of the process that answers is told. */
  GetManyResponse await(List<Long> loads) throws IOException {
    return message(connection.send(waitFor(loads)));
  }

  /** Sends a wait, whose answer is yet to be read. */
  void beginToAwait(List<Long> loads) throws IOException {
    connection.write(waitFor(loads));
  }

  /** The answer to what has been sent. */
  GetManyResponse readAnswer() throws IOException {
    return message(connection.readAnswer());
  }

  /** What it is told of each key in the end, in their order. */
  List<KeyResponse> outcomes(String group, String... keys) throws IOException {
    Map<Integer, KeyResponse> outcomes = new TreeMap<>();
    List<Integer> indexes = new ArrayList<>();
    List<Long> loads = new ArrayList<>();
    for (KeyResponse told : ask(group, keys).getKeyList()) {
      if (told.hasLoading()) {
        indexes.add(told.getIndex());
        loads.add(told.getLoading());
      } else {
        outcomes.put(told.getIndex(), told);
      }
    }
    while (!loads.isEmpty()) {
      List<Integer> there = new ArrayList<>();
      for (KeyResponse told : await(loads).getKeyList()) {
        int index = indexes.get(told.getIndex());
        outcomes.put(index, told.toBuilder().setIndex(index).build());
        there.add(told.getIndex());
      }
      there.sort((a, b) -> b - a);
      for (int at : there) {
        indexes.subList(at, at + 1).clear();
        loads.subList(at, at + 1).clear();
      }
    }
    return List.copyOf(outcomes.values());
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  /** What a value of a key, or of a load, looks like. */
  static KeyResponse value(int index, String value) {
    return KeyResponse.newBuilder()
        .setIndex(index)
        .setResponse(GetResponse.newBuilder().setValue(ByteString.copyFromUtf8(value)))
        .build();
  }

  /** What is said of a load that nobody knows. */
  static KeyResponse unknown(int index) {
    return KeyResponse.newBuilder().setIndex(index).build();
  }

  static GetManyResponse message(Answer answer) throws InvalidProtocolBufferException {
    assertThat(answer.status()).as(answer.error()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("Content-Type", "application/x-protobuf")
        .containsEntry("Content-Length", "" + answer.body().length())
        .doesNotContainKey("Transfer-Encoding");
    return GetManyResponse.parseFrom(answer.body().copy());
  }

  private String waitFor(List<Long> loads) {
    long process = app.bean(PeerController.class).processId().value();
    return PeerPosts.wait(id, headers, process, loads);
  }
}
