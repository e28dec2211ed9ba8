package io.groupcache.spring.docs;

/**
 * A fenced block of code.
 *
 * @param page the page that it is on
 * @param line the number of its first line on that page, from 1; its fence is the line before
 * @param text what is between the fences
 */
record CodeBlock(Page page, int line, String text) {

  /** A problem, with the file and the line it is in. */
  String problem(long line, String message) {
    return page.name() + ":" + line + ": " + message;
  }
}
