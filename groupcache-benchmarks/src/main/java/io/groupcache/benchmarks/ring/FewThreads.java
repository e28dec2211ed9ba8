package io.groupcache.benchmarks.ring;

import io.groupcache.GetContext;
import io.groupcache.Sink;
import io.groupcache.benchmarks.load.Load;
import io.groupcache.benchmarks.load.Load.Measured;
import io.groupcache.benchmarks.process.Options;
import io.groupcache.benchmarks.report.Row;
import io.groupcache.benchmarks.report.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * 200 clients of three applications that have ten threads each, for their clients and for peers
 * alike: every key is asked for once on each, at about the same time. Prints the rows of the table.
 */
final class FewThreads {

  private static final int PEERS = 3;
  private static final int CLIENTS = 200;
  private static final long GETTER_MILLIS = 20;

  private final Map<String, AtomicInteger> loads = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final HttpClient http = HttpClient.newHttpClient();

  private FewThreads() {}

  /** Options: seconds. */
  public static void main(String[] args) throws InterruptedException, ExecutionException {
    new FewThreads().measure(new Options(args).seconds("seconds", 10));
    System.exit(0); // whatever the HTTP client leaves behind
  }

  private void measure(Duration length) throws InterruptedException, ExecutionException {
    try (Ring ring = Ring.start(PEERS, this::load, "server.tomcat.threads.max=10")) {
      Measured measured = new Load(CLIENTS, length.toNanos()).run(List.of(ring), this::request);
      print("throughput", "/s", measured.perSecond());
      print("p90", "ms", measured.millis(90));
      print("failed requests", "requests", failed.get(), Target.atMost(0));
      long again = loads.values().stream().filter(count -> count.get() > 1).count();
      print("keys loaded more than once", "keys", again, Target.atMost(0));
    }
  }

  private void load(GetContext context, String key, Sink dest) throws InterruptedException {
    loads.computeIfAbsent(key, none -> new AtomicInteger()).incrementAndGet();
    Thread.sleep(GETTER_MILLIS);
    dest.setString(key);
  }

  /** Asks the next peer in turn, for the same key as the two requests beside this one. */
  private void request(Ring ring) {
    int number = requests.getAndIncrement();
    String key = "key" + number / PEERS;
    URI uri = URI.create(ring.url(number % PEERS) + "/value?key=" + key);
    try {
      var response = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      if (response.statusCode() != 200 || !response.body().equals(key)) {
        failed.incrementAndGet();
      }
    } catch (IOException e) {
      failed.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void print(String what, String unit, double figure, Target... targets) {
    String row = "10 threads on each of 3 peers, 200 clients: " + what;
    System.out.println(new Row(row, unit, figure, Map.of(), List.of(targets)).markdown());
  }
}
