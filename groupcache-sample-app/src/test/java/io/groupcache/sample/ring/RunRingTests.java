package io.groupcache.sample.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.sample.FreePorts;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs after the jar is packaged: {@code ./mvnw verify}. */
@Timeout(600)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "run-ring is a bash script")
class RunRingTests {

  private static final String TILE = "/tiles/5/16/11.png";

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void saysWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      List<Integer> ports = List.of(taken.getLocalPort(), FreePorts.find(1).get(0));
      try (RingScript ring = new RingScript(ports)) {
        assertThat(ring.awaitExit()).isEqualTo(1);
        assertThat(ring.output())
            .contains("Port " + taken.getLocalPort() + " is taken")
            .doesNotContain("Building", "Starting");
      }
    }
  }

  @Test
  void threePeersDrawATileOnceChangeItAndStopTogether() throws Exception {
    List<Integer> ports = FreePorts.find(3);
    try (RingScript ring = new RingScript(ports)) {
      ring.awaitReady();
      Set<String> owners = new HashSet<>();
      Set<JsonNode> selves = new HashSet<>();
      String image = "";
      long loads = 0;
      for (int port : ports) {
        HttpResponse<String> tile = get(port, TILE);
        assertThat(tile.statusCode()).isEqualTo(200);
        owners.add(tile.headers().firstValue("Groupcache-Owner").orElseThrow());
        image = tile.headers().firstValue("ETag").orElseThrow();
        selves.add(json(port, "/stats").path("self"));
      }
      for (int port : ports) {
        loads += localLoads(port);
      }
      assertThat(loads).as("the tile was drawn").isOne();
      assertThat(owners).hasSize(1);
      assertThat(selves).hasSize(3);

      assertThat(changeColor(ports.get(0))).isEqualTo(200);
      Set<String> images = new HashSet<>(Set.of(image));
      for (int port : ports) {
        images.add(get(port, TILE).headers().firstValue("ETag").orElseThrow());
      }
      assertThat(images).as("the image before, and one that all peers have now").hasSize(2);

      ring.terminate();

      assertThat(ring.awaitExit()).isEqualTo(143);
      assertThat(ports).noneMatch(RunRingTests::isTaken);
    }
  }

  @Test
  void whenAPeerDiesTheRingStopsAndSaysWhich() throws Exception {
    List<Integer> ports = FreePorts.find(3);
    try (RingScript ring = new RingScript(ports)) {
      ring.awaitReady();

      ring.peer(ports.get(1)).destroyForcibly();

      assertThat(ring.awaitExit()).isEqualTo(1);
      assertThat(ring.output())
          .contains("The peer on port " + ports.get(1) + " ended", "peer-" + ports.get(1) + ".log");
      assertThat(ports).noneMatch(RunRingTests::isTaken);
    }
  }

  private int changeColor(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/countries/CH/color"))
            .PUT(BodyPublishers.ofString("#7fc8b8"))
            .header("Content-Type", "text/plain")
            .timeout(Duration.ofSeconds(60))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private long localLoads(int port) throws Exception {
    JsonNode meter = json(port, "/actuator/metrics/groupcache.loads.local?tag=group:tiles");
    return meter.path("measurements").path(0).path("value").asLong();
  }

  private JsonNode json(int port, String path) throws Exception {
    return JsonMapper.shared().readTree(get(port, path).body());
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return !socket.isBound();
    } catch (IOException e) {
      return true;
    }
  }
}
