package io.groupcache.spring.typed;

import com.google.protobuf.StringValue;
import io.groupcache.ChangeListener;
import io.groupcache.Getter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** An application with groups of many types; what it loads is counted for all peers of a test. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class TypedApp {

  static final long UNLUCKY = 13;

  /** Products from here on don't exist. */
  static final long NONE = 1_000_000;

  static final Queue<Collection<Long>> BULK_LOADS = new ConcurrentLinkedQueue<>();

  /** How many rounds of changes each group has had, from whichever peer. */
  static final Map<String, AtomicInteger> CHANGES = new ConcurrentHashMap<>();

  private static final Map<String, AtomicInteger> LOADS = new ConcurrentHashMap<>();
  private static final Map<Long, CountDownLatch> GATES = new ConcurrentHashMap<>();

  record Product(long id, @Nullable String name) {}

  record Point(int x, int y) {}

  record Order(int number, List<Point> path) {}

  enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "like grass";
      }
    }
  }

  /** How often a key was loaded, by whichever peer. */
  static int loads(String group, Object key) {
    return LOADS.computeIfAbsent(group + "/" + key, name -> new AtomicInteger()).get();
  }

  /** What keeps a key of the group {@code gated} from being loaded. */
  static CountDownLatch gate(long key) {
    return GATES.computeIfAbsent(key, closed -> new CountDownLatch(1));
  }

  private static void count(String group, Object key) {
    LOADS.computeIfAbsent(group + "/" + key, name -> new AtomicInteger()).incrementAndGet();
  }

  private static @Nullable Product product(long id) {
    if (id == UNLUCKY) {
      throw new IllegalStateException("unlucky");
    }
    return id >= NONE ? null : new Product(id, "product " + id);
  }

  @Bean
  Loader<Long, Product> products() {
    return id -> {
      count("products", id);
      return product(id);
    };
  }

  @Bean
  BulkLoader<Long, Product> stock() {
    return ids -> {
      BULK_LOADS.add(List.copyOf(ids));
      Map<Long, Product> found = new HashMap<>();
      ids.forEach(id -> {
        count("stock", id);
        Product product = product(id);
        if (product != null) {
          found.put(id, product);
        }
      });
      return found;
    };
  }

  @Bean
  Loader<String, List<Point>> lines() {
    return name -> {
      count("lines", name);
      List<Point> line = new ArrayList<>();
      for (int i = 0; i < name.length(); i++) {
        line.add(new Point(i, name.charAt(i)));
      }
      return line;
    };
  }

  @Bean
  Loader<UUID, StringValue> messages() {
    return id -> StringValue.of("message " + id);
  }

  @Bean
  Loader<LocalDate, byte[]> days() {
    return day -> new byte[] {(byte) day.getDayOfMonth()};
  }

  @Bean
  Loader<Colour, String> colours() {
    return colour -> colour + "!";
  }

  @Bean
  Loader<Integer, Order> orders() {
    return number -> new Order(number, List.of(new Point(number, -number)));
  }

  @Bean
  Codec<Order> orderCodec() {
    return new CborCodec<>(Order.class);
  }

  @Bean
  Codec<Point> pointCodec() {
    return new CborCodec<>(Point.class);
  }

  @Bean
  Loader<Long, String> gated() {
    return key -> {
      if (!gate(key).await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody opened it");
      }
      return Thread.currentThread().getName();
    };
  }

  @Bean
  Getter plain() {
    return (context, key, dest) -> dest.setString("{\"id\":" + key + ",\"name\":\"plain\"}");
  }

  @Bean
  ChangeListener changes() {
    return (group, change) ->
        CHANGES.computeIfAbsent(group, first -> new AtomicInteger()).incrementAndGet();
  }

  @Bean
  PlatformTransactionManager transactionManager() {
    return new NoResource();
  }

  /** Transactions of nothing. */
  @SuppressWarnings("serial") // nobody serializes it
  private static final class NoResource extends AbstractPlatformTransactionManager {

    @Override
    protected Object doGetTransaction() {
      return new Object();
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {}

    @Override
    protected void doCommit(DefaultTransactionStatus status) {}

    @Override
    protected void doRollback(DefaultTransactionStatus status) {}
  }
}
