package io.groupcache.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.context.FilteredClassLoader;

class NoServletServerDeducerTests {

  @Test
  void anApplicationWithoutAServletServerIsNotForTheWeb() {
    assertThat(deducedWithout("org.springframework.web.servlet", "org.springframework.boot.tomcat"))
        .isEqualTo(WebApplicationType.NONE);
  }

  @Test
  void oneWithAServletServerOrSpringMvcIs() {
    assertThat(deducedWithout("org.springframework.web.servlet"))
        .isEqualTo(WebApplicationType.SERVLET);
    assertThat(deducedWithout("org.springframework.boot.tomcat"))
        .isEqualTo(WebApplicationType.SERVLET);
  }

  private static WebApplicationType deducedWithout(String... packages) {
    Thread thread = Thread.currentThread();
    ClassLoader all = thread.getContextClassLoader();
    thread.setContextClassLoader(new FilteredClassLoader(packages));
    try {
      return WebApplicationType.deduce();
    } finally {
      thread.setContextClassLoader(all);
    }
  }
}
