package io.groupcache.spring.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import io.groupcache.Getter;
import io.groupcache.spring.typed.TypedApp.Product;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** A test of an application replaces a typed group, a loader or what a loader needs. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
class MockedTypedGroupTests {

  @MockitoBean private TypedGroup<Long, Product> products;
  @MockitoBean private Loader<String, Product> offers;

  @Autowired private Shop shop;

  @Autowired
  @Qualifier("offers")
  private TypedGroup<String, Product> offersGroup;

  @Test
  void theApplicationGetsTheMockOfATypedGroup() {
    given(products.get(1L)).willReturn(new Product(1, "mocked"));
    given(products.getAll(List.of(1L))).willReturn(Map.of());

    assertThat(shop.byTypes().get(1L).name()).isEqualTo("mocked");
    assertThat(shop.byQualifier()).isSameAs(shop.byTypes());
    assertThat(shop.productsGroup()).isSameAs(shop.byTypes());
    assertThat(shop.byTypes().getAll(List.of(1L))).isEmpty();
  }

  @Test
  void aGroupLoadsWithTheMockOfItsLoader() throws Exception {
    given(offers.load("1")).willReturn(new Product(1, "mocked"));

    assertThat(offersGroup.get("1").name()).isEqualTo("mocked");
  }

  record Shop(
      TypedGroup<Long, Product> byTypes,
      TypedGroup<Long, Product> byQualifier,
      TypedGroup<Long, Product> productsGroup) {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    @Bean
    Loader<Long, Product> products() {
      return id -> {
        throw new AssertionError("loaded");
      };
    }

    @Bean
    Loader<String, Product> offers() {
      return id -> {
        throw new AssertionError("loaded");
      };
    }

    @Bean
    Getter tiles() {
      return (context, key, dest) -> dest.setString(key);
    }

    @Bean
    Shop shop(
        TypedGroup<Long, Product> byTypes,
        @Qualifier("products") TypedGroup<Long, Product> byQualifier,
        TypedGroup<Long, Product> productsGroup) {
      return new Shop(byTypes, byQualifier, productsGroup);
    }
  }
}
