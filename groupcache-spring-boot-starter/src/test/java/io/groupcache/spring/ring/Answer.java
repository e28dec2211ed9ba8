package io.groupcache.spring.ring;

/** What a peer answered a test: the value, or in whose words there is none. */
public record Answer(int status, String text) {

  /** The answer that is that value. */
  public static Answer value(String text) {
    return new Answer(200, text);
  }
}
