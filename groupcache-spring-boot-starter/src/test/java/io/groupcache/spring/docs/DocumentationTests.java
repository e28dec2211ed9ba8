package io.groupcache.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DocumentationTests {

  /** Where the tests run is the directory of their module. */
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private static final Path README = PROJECT.resolve("README.md");

  @TempDir private Path directory;

  static Stream<String> pages() throws IOException {
    try (Stream<Path> docs = Files.list(PROJECT.resolve("docs"))) {
      List<Path> pages =
          new ArrayList<>(docs.filter(file -> file.toString().endsWith(".md")).toList());
      pages.addAll(
          List.of(README, PROJECT.resolve("CONTRIBUTING.md"), PROJECT.resolve("CHANGELOG.md")));
      return pages.stream().map(page -> PROJECT.relativize(page).toString()).sorted();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void javaSamplesCompile(String page) throws IOException {
    assertThat(new JavaSamples().problems(read(page), directory)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void yamlSamplesAreWhatTheStarterTakes(String page) throws IOException {
    assertThat(YamlSamples.problems(read(page))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(String page) throws IOException {
    assertThat(Links.problems(read(page))).isEmpty();
  }

  /** A sample that is indented, or in a language that is spelt differently, would not be found. */
  @ParameterizedTest
  @MethodSource("pages")
  void samplesAreWhereTheyAreLookedFor(String page) throws IOException {
    assertThat(read(page).lines())
        .filteredOn(line -> line.contains("```"))
        .allSatisfy(fence -> assertThat(fence).isIn("```", "```java", "```yaml", "```xml"));
  }

  @Test
  void theReadmeIsShortAndLinksToEveryPage() throws IOException {
    Page readme = Page.read(PROJECT, README);

    assertThat(readme.lines()).hasSizeLessThanOrEqualTo(200);
    assertThat(Links.files(readme).stream().map(file -> PROJECT.relativize(file).toString()))
        .containsAll(pages().filter(page -> !page.equals("README.md")).toList());
  }

  @Test
  void everyPropertyIsDocumentedWithItsDefault() throws IOException {
    List<String> rows =
        read("docs/configuration.md").lines().stream()
            .filter(line -> line.startsWith("| `groupcache."))
            .toList();
    JsonNode metadata;
    try (var in =
        new ClassPathResource("META-INF/spring-configuration-metadata.json").getInputStream()) {
      metadata = JsonMapper.shared().readTree(in);
    }

    for (JsonNode property : metadata.get("properties")) {
      String name = property.get("name").asString();
      String value = property.path("defaultValue").asString("");
      if (!name.equals("groupcache.groups")) { // a map: see its entries' properties
        assertThat(rows)
            .as("%s, %s", name, value)
            .anyMatch(row ->
                row.startsWith("| `" + name + "` | " + (value.isEmpty() ? "" : "`" + value)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Group tiles = groupCache.grop("tiles");   | page.md:5: cannot find symbol
          int loads = tiles.stats().loads();        | page.md:5: incompatible types
          byte[] png(Group g) { return g.get(1); }  | page.md:5: no suitable method
          class App { Getter tiles = key -> null; } | page.md:5: incompatible types
          import io.groupcache.Grup;                | page.md:5: cannot find symbol
          new Thread().stop();                      | page.md:5: stop() in java.lang.Thread
          """,
      delimiter = '|')
  void aJavaSampleThatDoesNotCompileIsNamed(String code, String problem) throws IOException {
    Page page = page("# A page", "", "Prose.", "```java", code, "```");

    assertThat(new JavaSamples().problems(page, directory))
        .isNotEmpty()
        .allSatisfy(found -> assertThat(found).startsWith(problem));
  }

  @Test
  void aTypeOfThePageIsKnownToItsOtherSamples() throws IOException {
    Page page =
        page(
            "```java",
            "record Product(String label) {}",
            "```",
            "```java",
            "String label(Product product) {",
            "  return product.label();",
            "}",
            "```",
            "```java",
            "var product = new Product(\"a\");",
            "product.price();",
            "```");

    assertThat(new JavaSamples().problems(page, directory))
        .singleElement()
        .asString()
        .startsWith("page.md:11: cannot find symbol");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          groupcache: { cache-byte: 1MB }             | cache-byte
          groupcache: { cache-bytes: much }           | much
          groupcache: { self: 'http://${NOT_SET}' }   | NOT_SET
          groupcache: { peers: 'http://10.0.0.1:80' } | groupcache.peers
          groupcache: { cache-bytes: 1MB              | flow mapping
          """,
      delimiter = '|')
  void aYamlSampleThatDoesNotBindIsNamed(String yaml, String problem) throws IOException {
    Page page = page("```yaml", yaml, "```");

    assertThat(YamlSamples.problems(page))
        .singleElement()
        .asString()
        .startsWith("page.md:2: ")
        .contains(problem);
  }

  @Test
  void aLinkThatLeadsNowhereIsNamed() throws IOException {
    Page page =
        page(
            "# A page: `code`, and *more*",
            "[here](#a-page-code-and-more), [file](page.md), [web](https://groupcache.test/)",
            "[there](#a-page), [other](other.md), [file](page.md#there)",
            "```",
            "[code](is-no-link.md)",
            "```");

    assertThat(Links.problems(page))
        .containsExactly(
            "page.md:3: #a-page leads nowhere",
            "page.md:3: other.md leads nowhere",
            "page.md:3: page.md#there leads nowhere");
  }

  private static Page read(String page) throws IOException {
    return Page.read(PROJECT, PROJECT.resolve(page));
  }

  private Page page(String... lines) throws IOException {
    return Page.read(directory, Files.write(directory.resolve("page.md"), List.of(lines)));
  }
}
