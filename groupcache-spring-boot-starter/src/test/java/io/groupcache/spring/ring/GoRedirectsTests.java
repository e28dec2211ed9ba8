package io.groupcache.spring.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.ring.PeerCommand.Language;
import java.net.URLEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Which keys Go's mux redirects, whoever owns them: {@link GoRules} relies on it, and of what a mux
 * redirects, the owner never hears.
 */
@Timeout(120)
@ExtendWith(MixedRing.class)
class GoRedirectsTests {

  private final Ring ring;

  GoRedirectsTests(Ring ring) {
    this.ring = ring;
  }

  @Test
  void go122RedirectsOnlyDotsOfGo() {
    assertRedirects(Language.GO, 307);
  }

  @Test
  void go121RedirectsWhatIsNoCleanPathOnceItIsDecoded() {
    assertRedirects(Language.GO_1_21, 301);
  }

  private void assertRedirects(Language language, int redirect) {
    Peer go = ring.first(language);
    Peer javaAsker = ring.first(Language.JAVA);
    Peer goAsker = ring.other(Language.GO, go);
    for (String key : OddKeys.all()) {
      assertThat(go.ask(path(escapedByJava(key))).status())
          .as("'%s' as Java sends it", key)
          .isEqualTo(GoRules.refuses(go, javaAsker, key) ? redirect : 200);
      assertThat(go.ask(path(escapedByGo(key))).status())
          .as("'%s' as Go sends it", key)
          .isEqualTo(GoRules.refuses(go, goAsker, key) ? redirect : 200);
    }
  }

  private static String path(String escapedKey) {
    return "/_groupcache/" + PeerApplication.VALUES + "/" + escapedKey;
  }

  private static String escapedByGo(String key) {
    return URLEncoder.encode(key, UTF_8);
  }

  private static String escapedByJava(String key) {
    boolean step = key.equals(".") || key.equals("..");
    return step ? key.replace(".", "%2E") : escapedByGo(key).replace("+", "%20");
  }
}
