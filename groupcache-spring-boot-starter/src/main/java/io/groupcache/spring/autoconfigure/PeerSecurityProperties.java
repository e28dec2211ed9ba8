package io.groupcache.spring.autoconfigure;

import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import io.groupcache.spring.http.server.ExposeMessages;
import io.groupcache.spring.http.wire.SharedSecret;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask this peer, and what the others are told.
 *
 * @param sharedSecret Secrets that peers prove themselves with, separated by commas: the first is
 *     sent, each is accepted, so that a secret can be exchanged without an outage. Without one
 *     everyone is answered.
 * @param allowAnonymous Whether everyone who reaches the application's port may ask although the
 *     application has Spring Security, and without a warning.
 * @param exposeMessages Which peers are told what a getter's exception says; the others get an id
 *     that is in the log of the peer where it ran.
 */
public record PeerSecurityProperties(
    @Nullable List<String> sharedSecret,
    @DefaultValue("false") boolean allowAnonymous,
    @DefaultValue("authenticated") ExposeMessages exposeMessages) {

  static final String SECRET = "groupcache.security.shared-secret";

  static final String ADVICE =
      "Write a long random one, such as `openssl rand -hex 32` makes, the same on all peers;"
          + " or leave the property out, and everyone is answered.";

  private static final String NOT_SHOWN = "(not shown)";

  /** Checks what was bound. */
  public PeerSecurityProperties {
    if (sharedSecret != null) {
      // It is set, be it to an environment variable that is empty: that must not open the endpoint.
      checkText(!sharedSecret.isEmpty(), SECRET);
      for (int i = 0; i < sharedSecret.size(); i++) {
        String element = SECRET + "[" + i + "]";
        checkText(SharedSecret.canBe(sharedSecret.get(i)), element);
        checkResolved(!sharedSecret.get(i).contains("${"), element);
      }
      sharedSecret = List.copyOf(sharedSecret);
    }
  }

  /** The secret as peers use it. */
  SharedSecret secret() {
    return sharedSecret == null ? SharedSecret.none() : SharedSecret.of(sharedSecret);
  }

  /** A placeholder that nothing resolves is bound as it stands, and anyone could guess it. */
  private static void checkResolved(boolean ok, String property) {
    GroupCacheConfigurationException.check(
        ok,
        property,
        NOT_SHOWN,
        "there is a placeholder in it that nothing resolves",
        "Set the environment variable or the property that it names. " + ADVICE);
  }

  private static void checkText(boolean ok, String property) {
    GroupCacheConfigurationException.check(
        ok,
        property,
        NOT_SHOWN,
        "a secret has to have at least one character, all of them visible ASCII, to be sent in a"
            + " header",
        ADVICE);
  }

  /** Not the secrets: they must not end up in a log. */
  @Override
  public String toString() {
    return "PeerSecurityProperties[sharedSecret="
        + (sharedSecret == null ? "none" : NOT_SHOWN)
        + ", allowAnonymous="
        + allowAnonymous
        + ", exposeMessages="
        + exposeMessages
        + "]";
  }
}
