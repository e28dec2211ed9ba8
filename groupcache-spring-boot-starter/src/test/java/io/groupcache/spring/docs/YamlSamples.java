package io.groupcache.spring.docs;

import io.groupcache.spring.autoconfigure.GroupCacheProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ByteArrayResource;

/**
 * Reads the {@code yaml} blocks of a page. What is below {@code groupcache} has to be what the
 * starter knows and takes; a placeholder has to be one of {@link #ENVIRONMENT}.
 */
final class YamlSamples {

  private static final Map<String, Object> ENVIRONMENT =
      Map.of("PEER_SECRET", "8c1f", "POD_NAME", "tiles-0", "POD_IP", "10.0.0.1");

  private YamlSamples() {}

  /** What is wrong with the samples of that page: nothing where all is well. */
  static List<String> problems(Page page) {
    List<String> problems = new ArrayList<>();
    for (CodeBlock block : page.blocks("yaml")) {
      try {
        bind(block);
      } catch (IOException | RuntimeException e) {
        problems.add(block.problem(block.line(), reason(e)));
      }
    }
    return problems;
  }

  private static void bind(CodeBlock block) throws IOException {
    MutablePropertySources sources = new MutablePropertySources();
    new YamlPropertySourceLoader()
        .load("sample", new ByteArrayResource(block.text().getBytes(StandardCharsets.UTF_8)))
        .forEach(sources::addLast);
    sources.addLast(new MapPropertySource("environment", ENVIRONMENT));
    new Binder(
            ConfigurationPropertySources.from(sources),
            new PropertySourcesPlaceholdersResolver(sources))
        .bindOrCreate(
            "groupcache",
            Bindable.of(GroupCacheProperties.class),
            new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
  }

  private static String reason(Throwable problem) {
    Throwable cause = problem;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}
