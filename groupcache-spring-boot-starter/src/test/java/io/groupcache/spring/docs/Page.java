package io.groupcache.spring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of Markdown.
 *
 * @param root the directory that names in messages start from
 * @param path the file
 * @param lines what is in it
 */
record Page(Path root, Path path, List<String> lines) {

  private static final String FENCE = "```";
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?) *");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  static Page read(Path root, Path path) throws IOException {
    return new Page(root, path, Files.readAllLines(path));
  }

  /** The file's name as messages give it. */
  String name() {
    return root.relativize(path).toString();
  }

  /** The blocks whose fence says that they are in that language. */
  List<CodeBlock> blocks(String language) {
    List<CodeBlock> blocks = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith(FENCE)) {
        continue;
      }
      if (start < 0) {
        start = i;
      } else {
        if (lines.get(start).equals(FENCE + language)) {
          String text = String.join("\n", lines.subList(start + 1, i)) + "\n";
          blocks.add(new CodeBlock(this, start + 2, text));
        }
        start = -1;
      }
    }
    return blocks;
  }

  /** Where links on this page lead, by the number of their line, from 1. */
  Map<Integer, List<String>> links() {
    Map<Integer, List<String>> links = new HashMap<>();
    eachLineOfProse((number, line) -> {
      Matcher link = LINK.matcher(line);
      while (link.find()) {
        links.computeIfAbsent(number, key -> new ArrayList<>()).add(link.group(1));
      }
    });
    return links;
  }

  /** The anchors of this page's headings, as GitHub makes them. */
  Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    eachLineOfProse((number, line) -> {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String anchor =
            heading
                .group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        String unique = anchor;
        for (int i = 1; !anchors.add(unique); i++) {
          unique = anchor + "-" + i;
        }
      }
    });
    return anchors;
  }

  private void eachLineOfProse(LineConsumer consumer) {
    boolean code = false;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(FENCE)) {
        code = !code;
      } else if (!code) {
        consumer.accept(i + 1, lines.get(i));
      }
    }
  }

  private interface LineConsumer {
    void accept(int number, String line);
  }
}
