package io.groupcache;

/**
 * Text that can't be a key: it has no UTF-8 form, or is longer than the {@link GroupCache} allows.
 * It is the caller's mistake, so a web layer answers it with 400; no getter and no peer was asked.
 */
public final class InvalidKeyException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception that says what is wrong with the key. */
  public InvalidKeyException(String message) {
    super(message);
  }
}
