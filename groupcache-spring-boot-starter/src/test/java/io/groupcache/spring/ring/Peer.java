package io.groupcache.spring.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.groupcache.spring.ring.PeerCommand.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A peer that runs in a process of its own, and what a test can ask it. */
public record Peer(String url, Language language, PeerProcess process) {

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** Whether it is written in Go. */
  public boolean isGo() {
    return language.isGo();
  }

  /** Gets a key through this peer's group. */
  public Answer get(String group, String key) {
    return ask("/test/get?group=" + Hex.encode(group) + "&key=" + Hex.encode(key));
  }

  /** The base URL of the owner of a key, as this peer sees it. */
  public String owner(String key) {
    return require("/test/owner?key=" + Hex.encode(key));
  }

  /** How often this peer's getter ran for each key of a group that it ran for. */
  public Map<String, Integer> runs(String group) {
    Map<String, Integer> runs = new HashMap<>();
    for (String line : require("/test/runs").lines().toList()) {
      String[] run = line.split(" ", -1);
      if (Hex.decode(run[0]).equals(group)) {
        runs.put(Hex.decode(run[1]), Integer.valueOf(run[2]));
      }
    }
    return runs;
  }

  /** How often this peer's getter ran for a key. */
  public int runs(String group, String key) {
    return runs(group).getOrDefault(key, 0);
  }

  /** The value of a Java peer's meter of a group. */
  public double meter(String name, String group) {
    String json =
        require("/actuator/metrics/" + name + "?tag=group:" + URLEncoder.encode(group, UTF_8));
    return JsonPath.<Number>read(json, "$.measurements[0].value").doubleValue();
  }

  /** The body of the answer, which has to be one of success. */
  public String require(String path) {
    Answer answer = ask(path);
    assertThat(answer.status()).as("%s%s: %s", url, path, answer.text()).isEqualTo(200);
    return answer.text();
  }

  /** Whether it answers by now; complains when its process has ended. */
  public boolean isReady() {
    process.checkAlive();
    try {
      return send("/test/runs").status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** What the peer answers, whatever it is. */
  public Answer ask(String path) {
    try {
      return send(path);
    } catch (IOException e) {
      process.checkAlive();
      throw new UncheckedIOException(e);
    }
  }

  private Answer send(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60)).build();
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
      return new Answer(response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return language + " " + url;
  }
}
