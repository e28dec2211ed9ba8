package io.groupcache.sample.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Chromium without a window and with a profile of its own, which remembers what it asked for. */
final class HeadlessBrowser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path profile;
  private final ChromeDriver driver;
  private final List<String> console = new ArrayList<>();
  private final List<URI> requests = new ArrayList<>();

  private HeadlessBrowser(File browser, File chromedriver) throws IOException {
    profile = Files.createTempDirectory("groupcache-sample-browser");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile);
    // With the driver's path given, Selenium looks for none, and downloads none.
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver)
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
    driver.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
  }

  /** Starts a browser; where there is none, the test is skipped, but fails where CI is true. */
  static HeadlessBrowser start() throws IOException {
    Optional<File> browser = onPath("chromium", "chromium-browser", "google-chrome");
    Optional<File> chromedriver = onPath("chromedriver");
    boolean found = browser.isPresent() && chromedriver.isPresent();
    if (!found && Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError(
          "The page can't be tested: no chromium and chromedriver on the PATH");
    }
    assumeTrue(found, "Skipped: the page's tests need chromium and chromedriver on the PATH");
    return new HeadlessBrowser(browser.orElseThrow(), chromedriver.orElseThrow());
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Makes the page that large; a window could not be as narrow as a phone. */
  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Runs a script in the page until it gives something else than false or null. */
  <T> T await(Class<T> type, String what, String script, Object... arguments) {
    Function<Object, Object> run = page -> driver.executeScript(script, arguments);
    return type.cast(new WebDriverWait(driver, PATIENCE).withMessage(what).until(run));
  }

  /** What the page wrote to its console so far, warnings and errors. */
  List<String> console() {
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        console.add(entry.getMessage());
      }
    }
    return List.copyOf(console);
  }

  /** What the page asked for over the network so far. */
  List<URI> requests() {
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = JsonMapper.shared().readTree(entry.getMessage()).path("message");
      if (message.path("method").asString().equals("Network.requestWillBeSent")) {
        URI uri = URI.create(message.path("params").path("request").path("url").asString());
        if (List.of("http", "https", "ws", "wss").contains(uri.getScheme())) {
          requests.add(uri);
        }
      }
    }
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    driver.quit();
    // Processes of the browser may still write there for a moment.
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> {
          FileSystemUtils.deleteRecursively(profile);
          return Files.notExists(profile);
        });
  }

  private static Optional<File> onPath(String... names) {
    Map<String, String> environment = System.getenv();
    List<String> folders =
        List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1));
    return Stream.of(names)
        .flatMap(name -> folders.stream().map(folder -> new File(folder, name)))
        .filter(File::canExecute)
        .findFirst();
  }
}
