package io.groupcache.spring.http.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClient;

/**
 * What peers prove themselves with: a secret that all of them know. Every request to a peer carries
 * it in the header {@code Groupcache-Token}. While it is exchanged there are several: the first is
 * sent, each is accepted. Safe for use from many threads.
 */
public final class SharedSecret {

  public static final String HEADER = "Groupcache-Token";

  private final List<String> secrets;
  private final List<byte[]> digests;

  private SharedSecret(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
    this.digests = this.secrets.stream().map(SharedSecret::digest).toList();
  }

  /** No secret: nothing is sent, and everyone is accepted. */
  public static SharedSecret none() {
    return new SharedSecret(List.of());
  }

  /**
   * Makes it of the secrets that are accepted, of which the first is sent; without any it is {@link
   * #none()}.
   *
   * @throws IllegalArgumentException when one of them can't be the value of a header; the message
   *     does not hold it
   */
  public static SharedSecret of(List<String> secrets) {
    if (!secrets.stream().allMatch(SharedSecret::canBe)) {
      throw new IllegalArgumentException("A secret must not be blank, and be of visible ASCII");
    }
    return new SharedSecret(secrets);
  }

  /** Whether {@code text} can be a secret: one or more visible ASCII characters. */
  public static boolean canBe(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /** Whether there is one. */
  public boolean isSet() {
    return !secrets.isEmpty();
  }

  /**
   * Whether a request may be answered that carries that in {@link #HEADER}: a secret that is
   * accepted, or anything, also nothing (null), when there is no secret.
   */
  public boolean admits(@Nullable String token) {
    return !isSet() || (token != null && isAccepted(token));
  }

  /** Sends it with every request. */
  public void addTo(RestClient.Builder builder) {
    secrets.stream().findFirst().ifPresent(secret -> builder.defaultHeader(HEADER, secret));
  }

  /** Takes the same time whichever secret it is, and however much of one is right. */
  private boolean isAccepted(String token) {
    byte[] given = digest(token);
    boolean accepted = false;
    for (byte[] digest : digests) {
      accepted |= MessageDigest.isEqual(digest, given);
    }
    return accepted;
  }

  private static byte[] digest(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  /** Not the secrets: they must not end up in a log. */
  @Override
  public String toString() {
    return isSet() ? "a shared secret" : "no shared secret";
  }
}
