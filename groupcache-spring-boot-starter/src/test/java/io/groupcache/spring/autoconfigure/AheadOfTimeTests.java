package io.groupcache.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.BulkGetter;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.Sinks;
import io.groupcache.spring.ClassPath;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.typed.BulkLoader;
import io.groupcache.spring.typed.Loader;
import io.groupcache.spring.typed.TypedGroup;
import io.groupcache.spring.typed.view.GroupViews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;

/** An application whose beans are worked out when it is built, without any property. */
class AheadOfTimeTests {

  private static final ClassName TARGET = ClassName.get(AheadOfTimeTests.class);

  @TempDir private static Path built;

  private static RuntimeHints hints = new RuntimeHints();

  @BeforeAll
  static void build() throws IOException {
    Path sources = built.resolve("sources");
    DefaultGenerationContext generation =
        new DefaultGenerationContext(
            new ClassNameGenerator(TARGET),
            new FileSystemGeneratedFiles(kind -> sources.resolve(kind.name())));
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.register(Application.class);
    new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
    generation.writeGeneratedContent();
    hints = generation.getRuntimeHints();
    compile(sources);
  }

  @Test
  void theGroupsAreThere() throws Exception {
    ClassPath.ofTests().withFirst(built).run(Groups.class);
  }

  @Test
  void aNativeImageIsToldOfTheValuesOfLoaders() {
    assertThat(RuntimeHintsPredicates.reflection().onType(City.class)).accepts(hints);
    assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(City.class, "people"))
        .accepts(hints);
    assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(GroupViews.class, "ofLoader"))
        .accepts(hints);
  }

  @Test
  void aPropertyOfTheStartCounts() throws Exception {
    ClassPath.ofTests().withFirst(built).run(Peers.class);
  }

  @Test
  void aPropertyOfTheStartThatCannotWorkStopsIt() throws Exception {
    ClassPath.ofTests().withFirst(built).run(PeersWithoutAnyServer.class);
  }

  private static void compile(Path sources) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-nowarn", "-cp", ClassPath.ofTests().toString()));
    arguments.addAll(List.of("-d", built.toString()));
    try (var files = Files.walk(sources)) {
      Predicate<Path> java = file -> file.toString().endsWith(".java");
      files.filter(java).map(Path::toString).forEach(arguments::add);
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(result).isZero();
  }

  /** The application as it was built, on the class path that it is run on. */
  private static GenericApplicationContext application(String... properties) {
    GenericApplicationContext context = new GenericApplicationContext();
    TestPropertyValues.of(properties).applyTo(context);
    initializer().initialize(context);
    return context;
  }

  @SuppressWarnings("unchecked")
  private static ApplicationContextInitializer<GenericApplicationContext> initializer() {
    try {
      return (ApplicationContextInitializer<GenericApplicationContext>)
          Class.forName(AheadOfTimeTests.class.getName() + "__ApplicationContextInitializer")
              .asSubclass(ApplicationContextInitializer.class)
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("It was not built", e);
    }
  }

  record TilesUser(Group tiles) {}

  record City(String name, int people) {}

  record CitiesUser(
      TypedGroup<Long, List<City>> byTypes, TypedGroup<Long, List<City>> citiesGroup) {}

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    GroupCacheAutoConfiguration.class,
    GroupCacheMetricsAutoConfiguration.class,
    PeerEndpointAutoConfiguration.class,
    GroupCacheDiagnosticsAutoConfiguration.class,
    PeerSecurityAutoConfiguration.class,
    JacksonAutoConfiguration.class
  })
  static class Application {

    @Bean
    Getter tiles() {
      return (context, key, dest) -> dest.setString(key);
    }

    @Bean
    BulkGetter letters() {
      return (context, dests) -> dests.forEach((key, dest) -> dest.setString(key));
    }

    @Bean
    TilesUser tilesUser(@Qualifier("tiles") Group tiles) {
      return new TilesUser(tiles);
    }

    @Bean
    Loader<Long, List<City>> cities() {
      return id -> List.of(new City("city " + id, id.intValue()));
    }

    @Bean
    BulkLoader<Long, String> words() {
      return ids -> ids.stream().collect(Collectors.toMap(id -> id, id -> "word " + id));
    }

    @Bean
    CitiesUser citiesUser(
        TypedGroup<Long, List<City>> byTypes, TypedGroup<Long, List<City>> citiesGroup) {
      return new CitiesUser(byTypes, citiesGroup);
    }
  }

  static class Groups implements Runnable {

    @Override
    public void run() {
      try (var context = application()) {
        context.refresh();
        GroupCache groupCache = context.getBean(GroupCache.class);
        assertThat(groupCache.groups())
            .extracting(Group::name)
            .containsExactlyInAnyOrder("tiles", "letters", "cities", "words");
        assertThat(groupCache.group("letters").getAll(List.of("a", "b"))).hasSize(2);
        Group tiles = context.getBean(TilesUser.class).tiles();
        assertThat(tiles.get("k", Sinks.string())).isEqualTo("k");
        CitiesUser cities = context.getBean(CitiesUser.class);
        assertThat(cities.byTypes().get(7L)).containsExactly(new City("city 7", 7));
        assertThat(cities.citiesGroup()).isSameAs(cities.byTypes());
        assertThat(
                context.getBean("wordsGroup", TypedGroup.class).group().getAll(List.of("1", "2")))
            .hasSize(2);
      }
    }
  }

  static class Peers implements Runnable {

    @Override
    public void run() {
      TomcatURLStreamHandlerFactory.disable(); // a JVM can have but one, and has it
      try (var context =
          application(
              "groupcache.self=http://a:1",
              "groupcache.peers=http://a:1,http://b:1",
              "groupcache.server.port=0")) {
        context.refresh();
        assertThat(context.getBean(HttpPool.class).peers())
            .containsExactly("http://a:1", "http://b:1");
      }
    }
  }

  static class PeersWithoutAnyServer implements Runnable {

    @Override
    public void run() {
      try (var context =
          application("groupcache.self=http://a:1", "groupcache.peers=http://a:1,http://b:1")) {
        assertThatThrownBy(context::refresh).hasMessageContaining("groupcache.peers");
      }
    }
  }
}
