package io.groupcache.sample.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.GroupCache;
import io.groupcache.sample.FreePorts;
import io.groupcache.sample.SampleApplication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Two visitors, each with a browser, look at the same part of the map on two peers of a ring. */
@Timeout(300)
class ColorPageTests {

  private static final String VIEW = "#6/46.8/8.2";

  /** The only tile of that zoom that shows Switzerland, and a place there without letters. */
  private static final String SWITZERLAND = "6/33/22";

  private static final String PIXEL =
      """
      const image = document.querySelector('[data-key="6/33/22"] img');
      const canvas = new OffscreenCanvas(256, 256).getContext('2d');
      canvas.drawImage(image, 0, 0);
      const [red, green, blue] = canvas.getImageData(103, 105, 1, 1).data;
      return '#' + [red, green, blue].map((b) => b.toString(16).padStart(2, '0')).join('');
      """;

  private static final List<ConfigurableApplicationContext> peers = new ArrayList<>();
  private static List<Integer> ports;
  private static HeadlessBrowser author;
  private static HeadlessBrowser reader;

  @BeforeAll
  static void start() throws IOException {
    author = HeadlessBrowser.start();
    reader = HeadlessBrowser.start();
    ports = FreePorts.find(3);
    String urls = ports.stream().map(ColorPageTests::url).collect(Collectors.joining(","));
    for (int port : ports) {
      peers.add(
          new SpringApplicationBuilder(SampleApplication.class)
              .run(
                  "--server.port=" + port,
                  "--groupcache.self=" + url(port),
                  "--groupcache.peers=" + urls,
                  // On a busy machine a stand-in would draw a tile a second time.
                  "--groupcache.client.read-timeout=60s",
                  "--groupcache.timeout=180s",
                  "--spring.datasource.url=jdbc:h2:mem:color-page-tests;DB_CLOSE_DELAY=-1"));
    }
  }

  @AfterAll
  static void close() {
    peers.forEach(ConfigurableApplicationContext::close);
    for (HeadlessBrowser browser : new HeadlessBrowser[] {author, reader}) {
      if (browser != null) {
        browser.close();
      }
    }
  }

  @Test
  void aColorIsSeenOnAnotherPeerAndNothingElseIsDrawnAgain() {
    visit(author, ports.get(0));
    visit(reader, ports.get(1));
    String original = pixel(reader);
    long drawn = tilesDrawn();

    openCountry();
    choose("Teal");

    awaitNews(author);
    awaitNews(reader);
    assertThat(original).isNotEqualTo("#7fc8b8");
    assertThat(pixel(author)).isEqualTo("#7fc8b8");
    assertThat(pixel(reader)).isEqualTo("#7fc8b8");
    assertThat(newTiles(author)).isEqualTo(SWITZERLAND);
    assertThat(newTiles(reader)).isEqualTo(SWITZERLAND);
    assertThat(tilesDrawn()).as("tiles drawn").isEqualTo(drawn + 1);

    visit(reader, ports.get(2));

    assertThat(pixel(reader)).as("on a page that is opened later").isEqualTo("#7fc8b8");
    choose("Original");
    awaitNews(reader);
    assertThat(pixel(reader)).isEqualTo(original);
    assertThat(newTiles(reader)).isEqualTo(SWITZERLAND);
    assertThat(tilesDrawn()).as("tiles drawn").isEqualTo(drawn + 2);
  }

  private static void visit(HeadlessBrowser browser, int port) {
    browser.resize(1200, 900);
    browser.driver().get("about:blank");
    browser.driver().get(url(port) + "/" + VIEW);
    browser.await(Long.class, "all tiles to be loaded", PageTests.LOADED_TILES);
    browser
        .driver()
        .executeScript(
            "document.querySelectorAll('.tile img').forEach(i => i.dataset.before = '')");
  }

  /** The author clicks the middle of the map, where Switzerland is. */
  private static void openCountry() {
    author.driver().findElement(By.id("map")).click();
    author.await(
        Boolean.class, "the country to appear", "return !!document.querySelector('.swatches')");
  }

  private static void choose(String color) {
    By button =
        By.xpath("//*[@class='swatches']/button[@aria-label='" + color + "' or .='" + color + "']");
    author.driver().findElement(button).click();
  }

  private static void awaitNews(HeadlessBrowser browser) {
    browser.await(
        Boolean.class,
        "the page to say what has changed",
        "return /^Switzerland: 1 of \\d+ tiles here changed$/.test(document.getElementById('news').innerText)");
  }

  private static String pixel(HeadlessBrowser browser) {
    return (String) browser.driver().executeScript(PIXEL);
  }

  /** The keys of the tiles whose image has come after the visit began. */
  private static String newTiles(HeadlessBrowser browser) {
    return (String)
        browser
            .driver()
            .executeScript(
                """
                return [...document.querySelectorAll('.tile:has(img:not([data-before]))')]
                    .map((tile) => tile.dataset.key)
                    .join(' ');
                """);
  }

  private static long tilesDrawn() {
    return peers.stream()
        .mapToLong(peer -> peer.getBean(GroupCache.class).group("tiles").stats().loadsLocal())
        .sum();
  }

  private static String url(int port) {
    return "http://localhost:" + port;
  }
}
