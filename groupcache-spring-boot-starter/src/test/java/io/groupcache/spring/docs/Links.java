package io.groupcache.spring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Follows a page's links to files of the project and to headings of its pages. */
final class Links {

  private static final Pattern ELSEWHERE = Pattern.compile("(https?|mailto):.*");

  private Links() {}

  /** What of the links of that page leads nowhere. */
  static List<String> problems(Page page) throws IOException {
    List<String> problems = new ArrayList<>();
    for (var line : page.links().entrySet()) {
      for (String link : line.getValue()) {
        if (!ELSEWHERE.matcher(link).matches() && !leadsSomewhere(page, link)) {
          problems.add(page.name() + ":" + line.getKey() + ": " + link + " leads nowhere");
        }
      }
    }
    return problems;
  }

  /** The files that a page links to. */
  static List<Path> files(Page page) {
    return page.links().values().stream()
        .flatMap(List::stream)
        .filter(link -> !ELSEWHERE.matcher(link).matches())
        .map(link -> file(page, link))
        .toList();
  }

  private static boolean leadsSomewhere(Page page, String link) throws IOException {
    Path file = file(page, link);
    int anchor = link.indexOf('#');
    return Files.exists(file)
        && (anchor < 0
            || Page.read(page.root(), file).anchors().contains(link.substring(anchor + 1)));
  }

  private static Path file(Page page, String link) {
    int anchor = link.indexOf('#');
    String file = anchor < 0 ? link : link.substring(0, anchor);
    return file.isEmpty() ? page.path() : page.path().resolveSibling(file).normalize();
  }
}
