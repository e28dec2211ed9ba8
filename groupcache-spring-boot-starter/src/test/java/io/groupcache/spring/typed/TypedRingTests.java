package io.groupcache.spring.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import io.groupcache.ByteView;
import io.groupcache.GetContext;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.GroupCacheException;
import io.groupcache.KeyNotFoundException;
import io.groupcache.LoadException;
import io.groupcache.Sinks;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.ring.FreePorts;
import io.groupcache.spring.typed.TypedApp.Colour;
import io.groupcache.spring.typed.TypedApp.Order;
import io.groupcache.spring.typed.TypedApp.Point;
import io.groupcache.spring.typed.TypedApp.Product;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Typed groups in a ring of two applications with real servers. Each test has keys of its own. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class TypedRingTests {

  private static final List<RunningApp> peers = new ArrayList<>();
  private static final AtomicLong nextKey = new AtomicLong(1000);

  record OlderProduct(long id) {}

  record NewerProduct(long id, String name, List<String> tags) {}

  record OtherProduct(String id, List<String> name) {}

  @BeforeAll
  static void start() throws IOException {
    List<Integer> ports = FreePorts.stable(2);
    List<String> urls = ports.stream().map(port -> "http://127.0.0.1:" + port).toList();
    for (int i = 0; i < 2; i++) {
      peers.add(
          RunningApp.start(
              TypedApp.class,
              "server.port=" + ports.get(i),
              "groupcache.self=" + urls.get(i),
              "groupcache.peers=" + String.join(",", urls),
              "groupcache.groups.days.time-to-live=1h",
              "groupcache.security.shared-secret=secret"));
    }
  }

  @AfterAll
  static void stop() {
    peers.forEach(RunningApp::close);
  }

  @Test
  void eachKeyIsLoadedOnceInTheRing() {
    for (long key : keys(20)) {
      for (int peer = 0; peer < 2; peer++) {
        assertThat(products(peer).get(key)).isEqualTo(new Product(key, "product " + key));
        assertThat(products(peer).find(key)).contains(new Product(key, "product " + key));
      }
      assertThat(TypedApp.loads("products", key)).isEqualTo(1);
    }
  }

  @Test
  void manyKeysAreLoadedInOneGoByEachOwner() {
    List<Long> keys = keys(40);
    int before = TypedApp.BULK_LOADS.size();

    for (int peer = 0; peer < 2; peer++) {
      assertThat(stock(peer).getAll(keys)).isEqualTo(productsOf(keys)).hasSize(40);
    }

    assertThat(keys).allSatisfy(key -> assertThat(TypedApp.loads("stock", key)).isEqualTo(1));
    assertThat(TypedApp.BULK_LOADS).hasSize(before + 2);
  }

  @Test
  void keysComeInTheirOrderWithoutThoseThatDoNotExist() {
    List<Long> keys = keys(6);
    keys.add(3, TypedApp.NONE + keys.get(0));
    for (TypedGroup<Long, Product> group : List.of(products(0), stock(1))) {
      group.get(keys.get(5));

      Map<Long, Product> found = group.getAll(keys);

      List<Long> expected = new ArrayList<>(keys);
      expected.remove(3);
      assertThat(found.keySet()).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    long none = TypedApp.NONE + keys(1).get(0);
    for (int peer = 0; peer < 2; peer++) {
      for (TypedGroup<Long, Product> group : List.of(products(peer), stock(peer))) {
        assertThatThrownBy(() -> group.get(none)).isInstanceOf(KeyNotFoundException.class);
        assertThat(group.find(none)).isEmpty();
        assertThat(group.getAsync(none))
            .failsWithin(Duration.ofMinutes(1))
            .withThrowableOfType(ExecutionException.class)
            .withCauseInstanceOf(KeyNotFoundException.class);
      }
    }
  }

  @Test
  void aLoaderThatFailsIsSaid() {
    for (int peer = 0; peer < 2; peer++) {
      TypedGroup<Long, Product> group = products(peer);
      List<Long> keys = keys(2);
      keys.add(TypedApp.UNLUCKY);
      assertThatThrownBy(() -> group.get(TypedApp.UNLUCKY)).isInstanceOf(LoadException.class);
      assertThatThrownBy(() -> group.find(TypedApp.UNLUCKY)).isInstanceOf(LoadException.class);
      assertThatThrownBy(() -> group.getAll(keys)).isInstanceOf(LoadException.class);
      assertThat(group.getAllAsync(keys))
          .failsWithin(Duration.ofMinutes(1))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(LoadException.class);
    }
  }

  @Test
  void valuesOfManyTypesAreTheSameOnAllPeers() {
    UUID id = UUID.randomUUID();
    String name = "line " + id;
    List<Point> line = this.<String, List<Point>>group(0, "lines").get(name);
    assertThat(line).hasSize(name.length()).contains(new Point(0, 'l'));
    for (int peer = 0; peer < 2; peer++) {
      assertThat(this.<String, List<Point>>group(peer, "lines").get(name)).isEqualTo(line);
      assertThat(this.<UUID, StringValue>group(peer, "messages").get(id))
          .isEqualTo(StringValue.of("message " + id));
      assertThat(this.<LocalDate, byte[]>group(peer, "days").get(LocalDate.of(2026, 11, 27)))
          .containsExactly(27);
      assertThat(this.<Colour, String>group(peer, "colours").get(Colour.GREEN))
          .isEqualTo("like grass!");
      assertThat(this.<Integer, Order>group(peer, "orders").get(7))
          .isEqualTo(new Order(7, List.of(new Point(7, -7))));
    }
    assertThat(TypedApp.loads("lines", name)).isEqualTo(1);
  }

  @Test
  void theBytesAreThoseThatOtherPeersRead() {
    long key = keys(1).get(0);
    products(1).get(key);
    assertThat(products(0).group().get(Long.toString(key), Sinks.string()))
        .isEqualTo("{\"id\":" + key + ",\"name\":\"product " + key + "\"}");
    assertThat(this.<Colour, String>group(0, "colours").group().get("GREEN", Sinks.string()))
        .isEqualTo("like grass!");
    ByteView order = this.<Integer, Order>group(0, "orders").group().get("7");
    assertThat(new CBORMapper().readValue(order.copy(), Order.class).number()).isEqualTo(7);
    assertThat(this.<LocalDate, byte[]>group(0, "days").group().get("2026-11-26", Sinks.bytes()))
        .containsExactly(26);
  }

  @Test
  void whatACallerGotChangesNothingInTheCache() {
    TypedGroup<LocalDate, byte[]> days = group(0, "days");
    LocalDate day = LocalDate.of(2026, 1, 2);
    days.get(day)[0] = 99;
    days.getAll(List.of(day)).values().forEach(found -> found[0] = 99);
    assertThat(days.get(day)).containsExactly(2);
    byte[] value = {5};
    days.set(day, value);
    value[0] = 99;
    assertThat(days.get(day)).containsExactly(5);
  }

  @Test
  void theSettingsOfAGroupAreThoseBelowItsName() {
    Group days = this.<LocalDate, byte[]>group(0, "days").group();
    assertThat(days.getResult(GetContext.background(), "2020-01-01").timeToLive()).isPresent();
  }

  @Test
  void textThatIsNoKeyFailsClearlyWhoeverLoads() {
    for (int peer = 0; peer < 2; peer++) {
      for (String text : List.of("forty-two", "0x2a", " 42", "")) {
        assertThatThrownBy(() -> products(0).group().get(text))
            .isInstanceOf(LoadException.class)
            .hasMessageContaining(text);
        assertThatThrownBy(() -> stock(0).group().get(text)).isInstanceOf(LoadException.class);
      }
    }
  }

  @Test
  void textThatIsNoKeyDoesNotFailTheOthers() {
    List<String> texts = new ArrayList<>(keys(10).stream().map(String::valueOf).toList());
    texts.add("forty-two");
    assertThat(stock(0).group().getAll(texts)).hasSize(10).doesNotContainKey("forty-two");
  }

  @Test
  void whatOneSetsAnotherReads() {
    long key = keys(1).get(0);
    products(0).get(key);
    products(1).get(key);

    assertThat(products(1).set(key, new Product(key, "set")).isComplete()).isTrue();

    assertThat(products(0).get(key).name()).isEqualTo("set");
    products(0).set(key, new Product(key, "for no time"), Duration.ZERO);
    assertThat(products(1).get(key).name()).isEqualTo("product " + key);
    assertThat(TypedApp.loads("products", key)).isEqualTo(2);
  }

  @Test
  void whatOneRemovesAllLoadAnew() {
    List<Long> keys = keys(3);
    for (Runnable removal :
        List.<Runnable>of(
            () -> keys.forEach(products(0)::remove),
            () -> products(1).removeAll(keys),
            () -> keys.forEach(products(0)::removeAfterCommit))) {
      products(1).getAll(keys);
      int loads = TypedApp.loads("products", keys.get(0));
      removal.run();
      keys.forEach(products(0)::get);
      assertThat(TypedApp.loads("products", keys.get(0))).isEqualTo(loads + 1);
    }
  }

  @Test
  void removalsWaitForTheCommit() {
    List<Long> keys = keys(2);
    TypedGroup<Long, Product> group = products(0);
    keys.forEach(group::get);
    long removals = group.group().stats().removals();
    int changes = TypedApp.CHANGES.computeIfAbsent("products", g -> new AtomicInteger()).get();

    transaction()
        .executeWithoutResult(status -> {
          keys.forEach(group::removeAfterCommit);
          group.get(keys.get(0));
          assertThat(group.group().stats().removals()).isEqualTo(removals);
        });

    assertThat(group.group().stats().removals()).isEqualTo(removals + 2);
    group.get(keys.get(0));
    assertThat(TypedApp.loads("products", keys.get(0))).isEqualTo(2);
    assertThat(TypedApp.CHANGES.get("products")).hasValue(changes + 1);
  }

  @Test
  void nothingIsRemovedAfterARollback() {
    long key = keys(1).get(0);
    products(0).get(key);
    transaction()
        .executeWithoutResult(status -> {
          products(0).removeAfterCommit(key);
          status.setRollbackOnly();
        });
    products(0).get(key);
    assertThat(TypedApp.loads("products", key)).isEqualTo(1);
  }

  @Test
  void whatIsToBeRemovedByWorkAfterTheCommitIsRemoved() {
    long key = keys(1).get(0);
    products(0).get(key);
    transaction()
        .executeWithoutResult(status ->
            TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                  @Override
                  public void afterCommit() {
                    products(0).removeAfterCommit(key);
                  }
                }));
    products(0).get(key);
    assertThat(TypedApp.loads("products", key)).isEqualTo(2);
  }

  @Test
  void noThreadOfTheCallerWaits() throws Exception {
    List<Long> keys = keys(20);
    TypedGroup<Long, String> gated = group(0, "gated");

    List<CompletableFuture<String>> values = keys.stream().map(gated::getAsync).toList();
    CompletableFuture<Map<Long, String>> all = gated.getAllAsync(keys);
    assertThat(values).noneMatch(CompletableFuture::isDone);
    assertThat(all).isNotDone();
    keys.forEach(key -> TypedApp.gate(key).countDown());

    for (CompletableFuture<String> value : values) {
      assertThat(value.get(1, TimeUnit.MINUTES)).startsWith("groupcache-load-");
    }
    assertThat(all.get(1, TimeUnit.MINUTES).keySet()).containsExactlyElementsOf(keys);
    assertThat(gated.getAllAsync(List.of())).isCompletedWithValue(Map.of());
  }

  @Test
  void aHitIsThereAtOnce() {
    List<Long> keys = keys(20);
    products(0).getAll(keys);
    for (int i = 0; i < 100; i++) { // so that it is mirrored
      keys.forEach(products(0)::get);
    }
    assertThat(products(0).getAsync(keys.get(0)))
        .isCompletedWithValue(new Product(keys.get(0), "product " + keys.get(0)));
    assertThat(products(0).getAllAsync(keys)).isCompletedWithValue(productsOf(keys));
  }

  @Test
  void aValueThatCannotBeReadIsLoadedHereAndNotKept(CapturedOutput output) {
    List<Long> keys = keys(5); // the last of them is good
    List<ByteView> bad =
        List.of(
            ByteView.of("no JSON"),
            ByteView.empty(),
            ByteView.of("null"),
            ByteView.of("{\"id\":[1]}"));
    for (TypedGroup<Long, Product> group : List.of(products(0), stock(0))) {
      double errors = decodeErrors(group.name());
      Group plain = peers.get(1).bean(GroupCache.class).group(group.name());
      for (int i = 0; i < 4; i++) {
        plain.set(keys.get(i).toString(), bad.get(i));
      }

      assertThat(group.get(keys.get(0)).name()).isEqualTo("product " + keys.get(0));
      assertThat(group.getAll(keys)).isEqualTo(productsOf(keys));
      assertThat(new ArrayList<>(group.getAll(keys).keySet())).isEqualTo(keys);
      assertThat(group.getAsync(keys.get(1)).join()).isEqualTo(productsOf(keys).get(keys.get(1)));

      assertThat(TypedApp.loads(group.name(), keys.get(1))).isEqualTo(3);
      assertThat(decodeErrors(group.name())).isEqualTo(errors + 10);
      assertThat(plain.get("" + keys.get(0))).isEqualTo(ByteView.of("no JSON"));
      assertThat(output.toString().lines())
          .filteredOn(line -> line.contains("A value of the group '" + group.name() + "'"))
          .hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void theWarningSaysWhatIsWrong(CapturedOutput output) {
    TypedGroup<String, List<Point>> lines = group(0, "lines");
    lines.group().set("bad", ByteView.of("[{\"x\":\"a\nb\"}]"));
    lines.get("bad");
    lines.get("bad");
    assertThat(output.toString().lines())
        .filteredOn(line -> line.contains("A value of the group 'lines' can't be read as"))
        .singleElement()
        .asString()
        .contains("WARN", "java.util.List<", "Point", "groupcache.decode.errors");
  }

  @Test
  void whatAnotherReleaseHasWrittenIsReadWhereItCanBe() {
    List<Long> keys = keys(3);
    write(keys.get(0), new OlderProduct(keys.get(0)));
    write(keys.get(1), new NewerProduct(keys.get(1), "newer", List.of("tag")));
    write(keys.get(2), new OtherProduct("x", List.of("other")));

    assertThat(products(1).getAll(keys).values())
        .containsExactly(
            new Product(keys.get(0), null),
            new Product(keys.get(1), "newer"),
            new Product(keys.get(2), "product " + keys.get(2)));
  }

  @Test
  void aPlainGroupIsReadTyped() {
    TypedGroups groups = peers.get(0).bean(TypedGroups.class);
    long key = keys(1).get(0);
    TypedGroup<Long, Product> plain = groups.of("plain", Long.class, Product.class);

    assertThat(plain.get(key)).isEqualTo(new Product(key, "plain"));
    plain.set(key, new Product(key, "set"));
    assertThat(plain.getAll(List.of(key))).containsEntry(key, new Product(key, "set"));
  }

  @Test
  void aPlainGroupWithAValueThatCannotBeReadSaysSo() {
    TypedGroups groups = peers.get(0).bean(TypedGroups.class);
    double errors = decodeErrors("plain");
    TypedGroup<String, OtherProduct> plain =
        groups.of(
            peers.get(0).bean(GroupCache.class).group("plain"), String.class, OtherProduct.class);
    for (var get :
        List.<ThrowingCallable>of(
            () -> plain.get("4"),
            () -> plain.getAll(List.of("4")),
            () -> plain.getAsync("4").get())) {
      assertThatThrownBy(get)
          .satisfies(failure ->
              assertThat(failure instanceof ExecutionException ? failure.getCause() : failure)
                  .isExactlyInstanceOf(GroupCacheException.class)
                  .hasMessageContaining("'4' of group 'plain'"));
    }
    assertThat(decodeErrors("plain")).isEqualTo(errors + 3);
  }

  private static void write(long key, Object product) {
    write(peers.get(0).bean(TypedGroups.class), key, product);
  }

  @SuppressWarnings("unchecked")
  private static <V> void write(TypedGroups groups, long key, V product) {
    groups.of("products", Long.class, (Class<V>) product.getClass()).set(key, product);
  }

  private static double decodeErrors(String group) {
    return peers
        .get(0)
        .bean(MeterRegistry.class)
        .get("groupcache.decode.errors")
        .tag("group", group)
        .functionCounter()
        .count();
  }

  private static TransactionTemplate transaction() {
    return new TransactionTemplate(peers.get(0).bean(PlatformTransactionManager.class));
  }

  private TypedGroup<Long, Product> products(int peer) {
    return group(peer, "products");
  }

  private TypedGroup<Long, Product> stock(int peer) {
    return group(peer, "stock");
  }

  @SuppressWarnings("unchecked")
  private <K, V> TypedGroup<K, V> group(int peer, String name) {
    return Objects.requireNonNull(
        (TypedGroup<K, V>) peers.get(peer).context().getBean(name + "Group", TypedGroup.class));
  }

  private static List<Long> keys(int count) {
    long first = nextKey.getAndAdd(count);
    return new ArrayList<>(LongStream.range(first, first + count).boxed().toList());
  }

  private static Map<Long, Product> productsOf(Collection<Long> keys) {
    Map<Long, Product> products = new LinkedHashMap<>();
    keys.forEach(key -> products.put(key, new Product(key, "product " + key)));
    return products;
  }
}
