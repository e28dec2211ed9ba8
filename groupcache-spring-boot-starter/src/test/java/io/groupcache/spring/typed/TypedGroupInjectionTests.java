package io.groupcache.spring.typed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.google.protobuf.MessageLite;
import io.groupcache.ByteView;
import io.groupcache.DeadlineExceededException;
import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.Sink;
import io.groupcache.Sinks;
import io.groupcache.spring.autoconfigure.GroupCacheAutoConfiguration;
import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import io.groupcache.spring.typed.TypedApp.Order;
import io.groupcache.spring.typed.TypedApp.Point;
import io.groupcache.spring.typed.TypedApp.Product;
import io.groupcache.spring.typed.view.DecodeErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** What is injected where, and what stops the start. */
class TypedGroupInjectionTests {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  GroupCacheAutoConfiguration.class, JacksonAutoConfiguration.class));

  @Test
  void aTypedGroupIsInjectedByItsTypesItsQualifierOrItsParameter() {
    runner
        .withUserConfiguration(Shop.class)
        .run(context -> {
          Clerk clerk = context.getBean(Clerk.class);
          assertThat(clerk.byTypes.getAll(List.of("a")))
              .containsEntry("a", List.of(new Point(1, 1)));
          assertThat(clerk.byQualifier.get(1L).name()).isEqualTo("product");
          assertThat(clerk.byParameter.get(1L).name()).isEqualTo("offer");
          assertThat(clerk.group.get("1", Sinks.string()))
              .isEqualTo("{\"id\":1,\"name\":\"offer\"}");
          assertThat(clerk.tiles.name()).isEqualTo("tiles");
          assertThat(context.getBeansOfType(TypedGroup.class)).hasSize(3);
        });
  }

  @Test
  void ofSeveralWithTheSameTypesNoneIsInjectedByThem() {
    runner
        .withUserConfiguration(Shop.class)
        .withBean(Undecided.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .hasRootCauseInstanceOf(NoUniqueBeanDefinitionException.class));
  }

  @Test
  void anAliasIsLeftOutWhereABeanHasThatName() {
    runner
        .withUserConfiguration(Factorials.class)
        .withBean("tiles", Getter.class, () -> (context, key, dest) -> dest.setString(key))
        .withBean("maps", Getter.class, () -> (context, key, dest) -> dest.setString(key))
        .withBean("tilesGroup", String.class, () -> "of the application")
        .withBean("factorialsGroup", String.class, () -> "of the application")
        .run(context -> {
          assertThat(context.getBean("tilesGroup")).isEqualTo("of the application");
          assertThat(context.getBean("factorialsGroup")).isEqualTo("of the application");
          assertThat(context.getBean("mapsGroup", Group.class).name()).isEqualTo("maps");
        });
  }

  @Test
  void theTypesAreThoseOfTheDefinitionHoweverTheBeanIsMade() {
    runner
        .withUserConfiguration(OddLoaders.class)
        .withInitializer(
            context -> context.getBeanFactory().registerScope("own", new SimpleThreadScope()))
        .run(context -> {
          for (String name : List.of("component", "factory", "scoped", "narrow")) {
            TypedGroup<?, ?> group = context.getBean(name + "Group", TypedGroup.class);
            assertThat(get(group, 5L)).as(name).isEqualTo(List.of(new Point(5, 5)));
          }
          assertThat(
                  context
                      .<TypedGroup<Long, List<Point>>>getBeanProvider(
                          new ParameterizedTypeReference<TypedGroup<Long, List<Point>>>() {})
                      .stream())
              .hasSize(4);
        });
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Raw.class,
        RawBulk.class,
        Wildcard.class,
        RawValue.class,
        Inside.class,
        Variable.class
      })
  void typesThatAreLeftOpenStopTheStart(Class<?> configuration) {
    assertThatTheStartFails(configuration, "The declared type of the bean 'odd'")
        .hasMessageContaining("Loader")
        .hasMessageContaining("raw types, wildcards")
        .extracting(GroupCacheConfigurationException::action)
        .asString()
        .contains("@Bean Loader<Long, Product> odd(…)");
  }

  @Test
  void keysWithoutTextStopTheStart() {
    assertThatTheStartFails(Dates.class, "keys of the group 'odd' is 'java.util.Date'")
        .extracting(GroupCacheConfigurationException::action)
        .asString()
        .contains("Codec<java.util.Date>");
  }

  @ParameterizedTest
  @ValueSource(classes = {Objects.class, Messages.class})
  void valuesOfNoTypeStopTheStart(Class<?> configuration) {
    assertThatTheStartFails(configuration, "The type of the values of the group 'odd'");
  }

  @Test
  void withoutAMapperValuesThatAreJsonStopTheStart() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(GroupCacheAutoConfiguration.class))
        .withUserConfiguration(Shop.class)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("there is no JsonMapper bean"));
  }

  @Test
  void aLoaderThatIsNotDeclaredAsTheBulkLoaderThatItIsStopsTheStart() {
    assertThatTheStartFails(Undeclared.class, "The declared type of the bean 'odd' is 'Loader'")
        .hasMessageContaining("the bean is a BulkLoader");
  }

  @Test
  void severalCodecsStopTheStartUnlessOneIsPrimary() {
    assertThatTheStartFails(TwoCodecs.class, "The codec of the group 'odd'")
        .hasMessageContaining("first, second");
    runner
        .withUserConfiguration(PrimaryCodec.class)
        .run(context -> {
          TypedGroup<?, ?> group = context.getBean(TypedGroup.class);
          assertThat(get(group, 1L)).isEqualTo(new Order(1, List.of()));
          assertThat(group.group().get("1").at(0)).isNotEqualTo((byte) '{');
        });
  }

  @Test
  void bytesDoNotChooseTheirClass() {
    runner
        .withUserConfiguration(DefaultTyping.class)
        .run(context -> {
          TypedGroup<?, ?> group = context.getBean(TypedGroup.class);
          assertThat(get(group, 1L)).isEqualTo(Map.of("a", 1));
          assertThat(group.group().get("1", Sinks.string())).isEqualTo("{\"a\":1}");
          String chosen = "{\"a\":[\"" + Product.class.getName() + "\",{\"id\":1}]}";
          group.group().set("2", ByteView.of(chosen));
          assertThat(get(group, 2L)).asString().doesNotContain("Product[");
        });
  }

  @Test
  void aValueIsOfTheClassThatItsAnnotationsSay() {
    runner
        .withUserConfiguration(Shapes.class)
        .run(context -> {
          for (String group : List.of("shapes", "lists")) {
            TypedGroup<?, ?> shapes = context.getBean(group + "Group", TypedGroup.class);
            assertThat(get(shapes, 2L)).asString().contains("Square[side=2]");
            assertThat(context.getBean(DecodeErrors.class).count(group)).isZero();
          }
        });
  }

  @Test
  void aCodecMaySayHowLongAValueMayBeUsed() {
    runner
        .withUserConfiguration(ShortLived.class)
        .run(context -> {
          TypedGroup<Long, Point> group = context.getBean(ShortLived.User.class).group();
          group.get(1L);
          group.set(2L, new Point(2, 2));
          group.set(3L, new Point(3, 3), Duration.ofMinutes(5));
          assertThat(timeToLive(group, "1")).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
          assertThat(timeToLive(group, "2")).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
          assertThat(timeToLive(group, "3")).isLessThanOrEqualTo(Duration.ofMinutes(5));
        });
  }

  @Test
  void whatNobodyWaitsForEndsInTime() {
    runner
        .withUserConfiguration(Endless.class)
        .withPropertyValues("groupcache.timeout=100ms")
        .run(context -> {
          Endless.EndlessUser user = context.getBean(Endless.EndlessUser.class);
          try {
            assertThat(user.group().getAsync(1L))
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(DeadlineExceededException.class);
          } finally {
            user.end().countDown();
          }
        });
  }

  @Test
  void aLoaderMayNeedItsOwnGroup() {
    runner
        .withUserConfiguration(Factorials.class)
        .run(context -> assertThat(get(context.getBean(TypedGroup.class), 5L)).isEqualTo(120L));
  }

  @Test
  void aLoaderBeanIsNotLazyWhereAllOthersAre() {
    Factorials.MADE.set(0);
    runner
        .withPropertyValues("spring.main.lazy-initialization=true")
        .withUserConfiguration(Factorials.class)
        .run(context -> assertThat(Factorials.MADE).hasValue(1));
  }

  private AbstractThrowableAssert<?, GroupCacheConfigurationException> assertThatTheStartFails(
      Class<?> configuration, String message) {
    List<Throwable> failures = new ArrayList<>();
    runner
        .withUserConfiguration(configuration)
        .run(context -> {
          for (Throwable e = context.getStartupFailure(); e != null; e = e.getCause()) {
            failures.add(e);
          }
        });
    return assertThat(
            failures.stream()
                .filter(GroupCacheConfigurationException.class::isInstance)
                .map(GroupCacheConfigurationException.class::cast)
                .findFirst()
                .orElseThrow())
        .hasMessageContaining(message);
  }

  private static Duration timeToLive(TypedGroup<?, ?> group, String key) {
    return group.group().getResult(GetContext.background(), key).timeToLive().orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static Object get(TypedGroup<?, ?> group, Object key) {
    return ((TypedGroup<Object, Object>) group).get(key);
  }

  @Configuration(proxyBeanMethods = false)
  static class Shop {

    @Bean
    Loader<Long, Product> products() {
      return id -> new Product(id, "product");
    }

    @Bean
    Loader<Long, Product> offers() {
      return id -> new Product(id, "offer");
    }

    @Bean
    Loader<String, List<Point>> lines() {
      return name -> List.of(new Point(1, 1));
    }

    @Bean
    Getter tiles() {
      return (context, key, dest) -> dest.setString(key);
    }

    @Bean
    Clerk clerk(
        TypedGroup<String, List<Point>> byTypes,
        @Qualifier("products") TypedGroup<Long, Product> byQualifier,
        TypedGroup<Long, Product> offersGroup,
        @Qualifier("offers") Group group,
        Group tilesGroup) {
      return new Clerk(byTypes, byQualifier, offersGroup, group, tilesGroup);
    }
  }

  record Clerk(
      TypedGroup<String, List<Point>> byTypes,
      TypedGroup<Long, Product> byQualifier,
      TypedGroup<Long, Product> byParameter,
      Group group,
      Group tiles) {}

  static class Undecided {
    @Autowired TypedGroup<Long, Product> any;
  }

  abstract static class PointLoader<T> implements Loader<Long, List<T>> {

    abstract T point(int at);

    @Override
    public List<T> load(Long key) {
      return List.of(point(key.intValue()));
    }
  }

  static class Component extends PointLoader<Point> {
    @Override
    Point point(int at) {
      return new Point(at, at);
    }
  }

  static class Factory implements FactoryBean<Loader<Long, List<Point>>> {

    @Override
    public Loader<Long, List<Point>> getObject() {
      return new Component();
    }

    @Override
    public Class<?> getObjectType() {
      return Loader.class;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OddLoaders {

    @Bean
    Component component() {
      return new Component();
    }

    @Bean
    Factory factory() {
      return new Factory();
    }

    @Bean
    @Scope(scopeName = "own", proxyMode = ScopedProxyMode.INTERFACES)
    Loader<Long, List<Point>> scoped() {
      return key -> new Component().load(key);
    }

    @Bean
    PointLoader<Point> narrow() {
      return new Component();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @SuppressWarnings("rawtypes")
  static class Raw {
    @Bean
    Loader odd() {
      return key -> key;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @SuppressWarnings("rawtypes")
  static class RawBulk {
    @Bean
    BulkLoader odd() {
      return keys -> Map.of();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Wildcard {
    @Bean
    Loader<Long, ? extends Product> odd() {
      return key -> null;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @SuppressWarnings("rawtypes")
  static class RawValue {
    @Bean
    Loader<Long, List> odd() {
      return key -> List.of();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Inside {
    @Bean
    BulkLoader<Long, Map<String, List<?>>> odd() {
      return keys -> Map.of();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Variable {
    @Bean
    <T> Loader<Long, T> odd() {
      return key -> null;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Dates {
    @Bean
    Loader<Date, String> odd() {
      return date -> "today";
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Objects {
    @Bean
    Loader<Long, Object> odd() {
      return key -> key;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Messages {
    @Bean
    Loader<Long, MessageLite> odd() {
      return key -> null;
    }
  }

  static class Both implements Loader<Long, String>, BulkLoader<Long, String> {

    @Override
    public String load(Long key) {
      return "";
    }

    @Override
    public Map<Long, String> load(java.util.Collection<Long> keys) {
      return new HashMap<>();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Undeclared {
    @Bean
    Loader<Long, String> odd() {
      return new Both();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoCodecs {

    @Bean
    Loader<Long, Order> odd() {
      return key -> new Order(1, List.of());
    }

    @Bean
    Codec<Order> first() {
      return new CborCodec<>(Order.class);
    }

    @Bean
    Codec<Order> second() {
      return new CborCodec<>(Order.class);
    }

    @Bean
    Codec<Product> another() {
      return new CborCodec<>(Product.class);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class PrimaryCodec {

    @Bean
    Loader<Long, Order> orders() {
      return key -> new Order(1, List.of());
    }

    @Bean
    @Primary
    Codec<Order> first() {
      return new CborCodec<>(Order.class);
    }

    @Bean
    Codec<Order> second() {
      return new CborCodec<>(Order.class);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class DefaultTyping {

    @Bean
    JsonMapper mapper() {
      return JsonMapper.builder()
          .activateDefaultTyping(
              BasicPolymorphicTypeValidator.builder().allowIfSubType(Object.class).build(),
              tools.jackson.databind.DefaultTyping.NON_FINAL)
          .build();
    }

    @Bean
    Loader<Long, Map<String, Object>> odd() {
      return key -> Map.of("a", 1);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes(@JsonSubTypes.Type(Square.class))
  interface Shape {}

  record Square(long side) implements Shape {}

  @Configuration(proxyBeanMethods = false)
  static class Shapes {

    @Bean
    Loader<Long, Shape> shapes() {
      return Square::new;
    }

    @Bean
    Loader<Long, List<Shape>> lists() {
      return side -> List.of(new Square(side));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ShortLived {

    record User(TypedGroup<Long, Point> group) {}

    @Bean
    Loader<Long, Point> points() {
      return key -> new Point(1, 1);
    }

    @Bean
    Codec<Point> codec() {
      return new Codec<>() {
        @Override
        public void encode(Point value, Sink dest) {
          dest.setString(value.x() + "", Duration.ofHours(1));
        }

        @Override
        public Point decode(ByteView bytes) {
          return new Point(Integer.parseInt(bytes.utf8()), 0);
        }
      };
    }

    @Bean
    User user(TypedGroup<Long, Point> group) {
      return new User(group);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Endless {

    record EndlessUser(TypedGroup<Long, String> group, CountDownLatch end) {}

    @Bean
    CountDownLatch end() {
      return new CountDownLatch(1);
    }

    @Bean
    Loader<Long, String> endless(CountDownLatch end) {
      return key -> {
        end.await();
        return "";
      };
    }

    @Bean
    EndlessUser user(TypedGroup<Long, String> group, CountDownLatch end) {
      return new EndlessUser(group, end);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Factorials {

    static final AtomicInteger MADE = new AtomicInteger();

    @Bean
    Loader<Long, Long> factorials(TypedGroup<Long, Long> group) {
      MADE.incrementAndGet();
      return n -> n == 0 ? 1L : n * group.get(n - 1);
    }
  }
}
