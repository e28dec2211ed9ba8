package io.groupcache.sample.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.Group;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Timeout(180)
class PageTests {

  /** How many tiles there are, once all that are there have their image. */
  static final String LOADED_TILES =
      """
      const tiles = [...document.querySelectorAll('.tile')];
      return tiles.length > 0
          && tiles.every((tile) => tile.querySelector('img')?.naturalWidth === 256)
          && tiles.length;
      """;

  @LocalServerPort private int port;

  @Autowired
  @Qualifier("tiles")
  private Group tiles;

  @Autowired
  @Qualifier("countries")
  private Group countries;

  private static HeadlessBrowser browser;

  @BeforeAll
  static void start() throws IOException {
    browser = HeadlessBrowser.start();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() {
    browser.resize(1200, 900);
    visit("");
  }

  @Test
  void mapAppears() {
    assertThat(loadedTiles()).isGreaterThanOrEqualTo(9);
    assertThat(browser.driver().findElements(By.cssSelector(".tile.failed"))).isEmpty();
    assertThat(text(".tile .badge .owner")).isEqualTo("this peer");
    assertThat(text(".tile .badge .source")).isIn("load", "main");
    assertThat(text("#peers")).isEqualTo("this peer");
  }

  @Test
  void panningLoadsTiles() {
    loadedTiles();
    long before = tiles.stats().gets();

    new Actions(browser.driver())
        .dragAndDropBy(browser.driver().findElement(By.id("map")), -380, 0)
        .perform();

    browser.await(
        Boolean.class, "the map to have moved", "return location.hash.split('/')[2] > 40");
    loadedTiles();
    assertThat(tiles.stats().gets()).isGreaterThan(before);
  }

  @Test
  void secondVisitLoadsNothingFromTheGetter() {
    visit("#6/46/8");
    loadedTiles();
    long gets = tiles.stats().gets();
    long hits = tiles.stats().hits();
    long loads = tiles.stats().loadsLocal();

    browser.driver().navigate().refresh();
    long again = loadedTiles();

    assertThat(tiles.stats().gets()).isGreaterThanOrEqualTo(gets + again);
    assertThat(tiles.stats().hits()).isGreaterThanOrEqualTo(hits + again);
    assertThat(tiles.stats().loadsLocal()).isEqualTo(loads);
    assertThat(count("#sources [data-source=main] .count")).isGreaterThanOrEqualTo(again);
    assertThat(count("#sources [data-source=load] .count")).isZero();
  }

  @Test
  void panelFollowsTheCounts() {
    loadedTiles();
    tiles.get("0/0/0");
    String gets = String.format(Locale.ENGLISH, "%,d", tiles.stats().gets());

    browser.await(
        Boolean.class,
        "the panel to show " + gets + " gets",
        "return document.querySelector('[data-count=\"tiles.gets\"]').textContent === arguments[0]",
        gets);
    assertThat(text("#live")).isEqualTo("live");
  }

  @Test
  void clickOnACountryTellsAboutIt() {
    visit("#6/46.6/2.5");
    loadedTiles();

    browser.driver().findElement(By.id("map")).click();

    String facts =
        browser.await(
            String.class,
            "the facts to appear",
            "return document.querySelector('.country')?.innerText");
    assertThat(facts).contains("France", "FR · FRA · 250", "km²");
  }

  @Test
  void aCountryCanBeRemovedFromTheRing() {
    countries.get("250");
    visit("#6/46.6/2.5");
    loadedTiles();
    browser.driver().findElement(By.id("map")).click();
    awaitCountryFrom("main");

    browser.driver().findElement(By.cssSelector(".country .remove")).click();

    awaitCountryFrom("load");
  }

  @Test
  void aCountryCanBeGivenAColorWithTheKeyboard() {
    visit("#6/60.5/9");
    loadedTiles();

    browser.driver().findElement(By.id("map")).sendKeys(Keys.ENTER);
    awaitPressed("Original");
    browser.driver().switchTo().activeElement().sendKeys(Keys.chord(Keys.SHIFT, Keys.TAB));
    browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);

    awaitPressed("Slate");
    assertThat(text(".country .outcome")).contains("removed from all peers");
  }

  @Test
  void ringCanBeHidden() {
    loadedTiles();
    assertThat(browser.driver().findElement(By.cssSelector(".badge")).isDisplayed()).isTrue();

    browser.driver().findElement(By.id("show-ring")).click();

    assertThat(browser.driver().findElement(By.cssSelector(".badge")).isDisplayed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 390, 768, 1920})
  void nothingSticksOutOfTheScreen(int width) {
    browser.resize(width, 700);
    visit("#2/20/0");
    loadedTiles();

    Object overflow =
        browser
            .driver()
            .executeScript(
                "const page = document.documentElement; return page.scrollWidth - page.clientWidth");
    assertThat(overflow).isEqualTo(0L);
    assertThat(browser.driver().findElement(By.id("map")).getSize().getHeight()).isGreaterThan(300);
  }

  @Test
  void pageIsQuietAndAsksNobodyElse() {
    loadedTiles();
    browser.driver().findElement(By.id("map")).click();
    browser.driver().navigate().refresh();
    loadedTiles();

    // A page that is left before its counts have come, or whose peer is too busy, says so.
    assertThat(browser.console()).filteredOn(line -> !line.contains("No counts:")).isEmpty();
    assertThat(browser.requests()).hasSizeGreaterThan(20).allMatch(this::isOurs);
  }

  private boolean isOurs(URI uri) {
    return uri.getHost().equals("localhost") && uri.getPort() == port;
  }

  private void visit(String hash) {
    browser.driver().get("about:blank");
    browser.driver().get("http://localhost:" + port + "/" + hash);
  }

  /** Waits until that button of the country's colours is pressed and has the focus. */
  private void awaitPressed(String color) {
    browser.await(
        Boolean.class,
        color + " to be pressed",
        """
        const button = document.activeElement;
        return button.ariaPressed === 'true'
            && (button.ariaLabel ?? button.textContent) === arguments[0];
        """,
        color);
  }

  private void awaitCountryFrom(String source) {
    browser.await(
        Boolean.class,
        "a country that came from " + source,
        "return document.querySelector('.country dd:last-of-type')?.innerText === arguments[0]",
        source);
  }

  private long loadedTiles() {
    return browser.await(Long.class, "all tiles to be loaded", LOADED_TILES);
  }

  private String text(String selector) {
    return browser.driver().findElement(By.cssSelector(selector)).getText();
  }

  private long count(String selector) {
    return Long.parseLong(text(selector));
  }
}
