package io.groupcache.spring.ring;

import io.groupcache.spring.RequiredTool;
import io.groupcache.spring.ring.PeerCommand.Language;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One ring of Java peers and of Go peers, with the mux of Go 1.22 and with the one before it, for
 * all test classes that leave its peers alive. Started for the first of them, stopped after the
 * last test of all.
 */
final class MixedRing implements BeforeAllCallback, ParameterResolver {

  /** So that each oddity is met whatever ports are free. */
  private static final Map<String, Language> PLACED =
      Map.of(
          ".", Language.GO,
          "..", Language.JAVA,
          "a b", Language.GO,
          "a//b", Language.GO_1_21,
          "a/../b", Language.GO_1_21,
          "a\0b", Language.JAVA);

  @Override
  public void beforeAll(ExtensionContext context) {
    RequiredTool.orSkip("go", "version");
    ring(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Ring.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return ring(context);
  }

  private static Ring ring(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(MixedRing.class))
        .computeIfAbsent(Ring.class, type -> start(), Ring.class);
  }

  private static Ring start() {
    // Long, so that on a busy machine no answer is late. Peers have half of a get's time.
    JavaPeer java =
        new JavaPeer("--groupcache.client.read-timeout=60s", "--groupcache.timeout=150s");
    return Ring.start(
        PLACED,
        java,
        java,
        new GoPeer(Language.GO),
        new GoPeer(Language.GO),
        new GoPeer(Language.GO_1_21),
        new GoPeer(Language.GO_1_21));
  }
}
