package io.groupcache.sample.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.GroupCache;
import io.groupcache.sample.country.Country;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "groupcache.self=http://peer.test:8080")
@Timeout(60)
class WebTests {

  private final HttpClient client = HttpClient.newHttpClient();

  @LocalServerPort private int port;
  @Autowired private GroupCache groupCache;

  @TestConfiguration(proxyBeanMethods = false)
  static class MoreGroups {

    @Bean
    Getter echo() {
      return (context, key, dest) -> dest.setString(key);
    }

    @Bean
    Getter failing() {
      return (context, key, dest) -> {
        throw new IOException("the disk is full");
      };
    }
  }

  @Test
  void tileSaysWhereItCameFromAndWhoOwnsIt() throws Exception {
    HttpResponse<byte[]> first = get("/tiles/4/8/5.png");
    HttpResponse<byte[]> second = get("/tiles/4/8/5.png");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).startsWith(0x89, 'P', 'N', 'G');
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(header(first, "Content-Type")).isEqualTo("image/png");
    assertThat(header(first, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(first, "Groupcache-Owner")).isEqualTo("http://peer.test:8080");
    assertThat(header(first, "Groupcache-Source")).isEqualTo("load");
    assertThat(header(second, "Groupcache-Source")).isEqualTo("main");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/tiles/4/16/5.png", "/tiles/11/0/0.png", "/tiles/4/08/5.png", "/tiles/a/b/c.png"})
  void tileThatIsNotThereIsNotFound(String path) throws Exception {
    HttpResponse<byte[]> response = get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(text(response)).startsWith("There is no key '");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FR", "fr", "FRA", "250"})
  void countryIsJson(String code) throws Exception {
    HttpResponse<byte[]> response = get("/countries/" + code);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Groupcache-Owner")).isEqualTo("http://peer.test:8080");
    JsonNode country = JsonMapper.shared().readTree(response.body());
    assertThat(country.path("name").asString()).isEqualTo("France");
    assertThat(country.path("alpha3").asString()).isEqualTo("FRA");
    assertThat(country.path("areaKm2").asDouble()).isBetween(540e3, 680e3);
    assertThat(country.path("boundingBox").path("north").asDouble()).isBetween(51.0, 51.2);
  }

  @Test
  void unknownCountryIsNotFound() throws Exception {
    assertThat(get("/countries/XX").statusCode()).isEqualTo(404);
  }

  @Test
  void placeLeadsToItsCountry() throws Exception {
    HttpResponse<byte[]> response = get("/countries?latitude=46.8&longitude=8.2");

    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(header(response, "Location")).isEqualTo("countries/756");
    assertThat(get("/countries?latitude=0&longitude=-30").statusCode()).isEqualTo(204);
    assertThat(get("/countries?latitude=north&longitude=1").statusCode()).isEqualTo(400);
  }

  @Test
  void cacheGivesTheBytesOfAnyGroup() throws Exception {
    HttpResponse<byte[]> response = get("/cache/countries?key=NO");

    assertThat(header(response, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(response, "Groupcache-Source")).isEqualTo("load");
    assertThat(Country.parseFrom(response.body()).getName()).isEqualTo("Norway");
    assertThat(header(get("/cache/countries?key=NO"), "Groupcache-Source")).isEqualTo("main");
    assertThat(get("/cache/tiles?key=2%2F1%2F1").body()).isEqualTo(get("/tiles/2/1/1.png").body());
  }

  @Test
  void aRemovedValueIsLoadedAnew() throws Exception {
    get("/cache/countries?key=SE");
    HttpResponse<byte[]> removal = send("DELETE", "/cache/countries?key=SE");

    assertThat(removal.statusCode()).isEqualTo(200);
    assertThat(text(removal)).isEqualTo("{\"complete\":true,\"pending\":[]}");
    assertThat(header(get("/cache/countries?key=SE"), "Groupcache-Source")).isEqualTo("load");
    assertThat(send("DELETE", "/cache/nobody?key=x").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"countries, DK", "tiles, 0/0/0"})
  void whatMayChangeLivesForATimeOnly(String group, String key) {
    assertThat(groupCache.group(group).getResult(GetContext.background(), key).timeToLive())
        .isPresent();
  }

  @Test
  void tileThatTheBrowserHasIsNotSentAgain() throws Exception {
    String etag = header(get("/tiles/4/8/6.png"), "ETag");

    HttpResponse<byte[]> again = send(request("/tiles/4/8/6.png").header("If-None-Match", etag));

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void countryCanBeGivenAColorAndItsOwnAgain() throws Exception {
    get("/countries/LSO");
    get("/tiles/6/37/37.png");

    HttpResponse<byte[]> change = put("/countries/ls/color", "#EE9C8B");

    assertThat(change.statusCode()).isEqualTo(200);
    JsonNode result = JsonMapper.shared().readTree(change.body());
    assertThat(result.path("tiles").asInt()).isPositive();
    assertThat(result.path("pending")).isEmpty();
    assertThat(text(get("/countries/LSO"))).contains("\"color\":\"#ee9c8b\"");
    assertThat(text(get("/color-changes/latest"))).contains("\"country\":\"Lesotho\"");
    assertThat(send("DELETE", "/countries/426/color").statusCode()).isEqualTo(200);
    assertThat(text(get("/countries/LSO"))).contains("\"color\":null");
  }

  @Test
  void colorThatIsNoneIsRefused() throws Exception {
    HttpResponse<byte[]> response = put("/countries/FR/color", "red");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response)).contains("#e8998d", "'red'");
    assertThat(text(get("/countries/FR"))).contains("\"color\":null");
  }

  @Test
  void countryThatIsNoneHasNoColor() throws Exception {
    assertThat(put("/countries/XX/color", "#ee9c8b").statusCode()).isEqualTo(404);
    assertThat(send("DELETE", "/countries/XX/color").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "a b", "a+b", "a%2Fb", "a/b", "..", "a&b=c", "a;b", "a,b", "a#b?c", "\\", "\n",
        "\u0000", "é ü ß", "日本語", "😀", "\uFEFFx", "%", "\""
      })
  void keyArrivesExactly(String key) throws Exception {
    HttpResponse<byte[]> response = get("/cache/echo?key=" + escape(key));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(text(response)).isEqualTo(key);
  }

  @Test
  void keyMayBeEscapedByteByByte() throws Exception {
    assertThat(text(get("/cache/echo?key=%61%20%2B%252F"))).isEqualTo("a +%2F");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/cache/nobody?key=x | 404 | There is no group 'nobody'",
        "/cache/countries?key=XX | 404 | There is no key 'XX'",
        "/cache/countries?key= | 404 | There is no key ''",
        "/cache/failing?key=x | 502 | the disk is full"
      })
  void failureIsASentence(String path, int status, String sentence) throws Exception {
    HttpResponse<byte[]> response = get(path);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(header(response, "Content-Type")).isEqualTo("text/plain;charset=UTF-8");
    assertThat(text(response)).contains(sentence);
  }

  @Test
  void aKeyThatIsTooLongIsSaidToBe() throws Exception {
    HttpResponse<byte[]> response = get("/cache/echo?key=" + "k".repeat(2049));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response)).contains("groupcache.max-key-bytes");
  }

  @Test
  void statsCountThisPeersGets() throws Exception {
    long before = gets();
    get("/cache/echo?key=counted");

    assertThat(gets()).isEqualTo(before + 1);
  }

  @Test
  void metersAreExposed() throws Exception {
    assertThat(get("/actuator/metrics/groupcache.gets?tag=group:tiles").statusCode())
        .isEqualTo(200);
    assertThat(get("/actuator/env").statusCode()).isEqualTo(404);
  }

  private long gets() throws Exception {
    JsonNode stats = JsonMapper.shared().readTree(get("/stats").body());
    assertThat(stats.path("self").asString()).isEqualTo("http://peer.test:8080");
    for (JsonNode group : stats.path("groups")) {
      if (group.path("name").asString().equals("echo")) {
        return group.path("counts").path("gets").asLong();
      }
    }
    throw new AssertionError("There is no group echo in " + stats);
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return send("GET", path);
  }

  private HttpResponse<byte[]> put(String path, String text) throws Exception {
    return send(
        request(path).PUT(BodyPublishers.ofString(text)).header("Content-Type", "text/plain"));
  }

  private HttpResponse<byte[]> send(String method, String path) throws Exception {
    return send(request(path).method(method, BodyPublishers.noBody()));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static String escape(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8);
  }
}
