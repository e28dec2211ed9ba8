package io.groupcache.spring.ring;

/** What a peer answered a test: the value, or in whose words there is none. */
record Answer(int status, String text) {

  static Answer value(String text) {
    return new Answer(200, text);
  }
}
