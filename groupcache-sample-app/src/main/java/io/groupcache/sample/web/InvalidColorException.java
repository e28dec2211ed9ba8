package io.groupcache.sample.web;

/** A text that should be a colour is none. */
@SuppressWarnings("serial")
final class InvalidColorException extends IllegalArgumentException {

  InvalidColorException(String text) {
    super("A colour is six hexadecimal digits after a #, as in #e8998d, and not '" + text + "'");
  }
}
