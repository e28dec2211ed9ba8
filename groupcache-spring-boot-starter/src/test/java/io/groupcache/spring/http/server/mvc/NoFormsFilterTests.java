package io.groupcache.spring.http.server.mvc;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RawHttp.Answer;
import io.groupcache.spring.RunningApp;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Filters of the application that ask for what a form would hold. */
@Timeout(60)
class NoFormsFilterTests {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String UPLOAD =
      "--q\r\nContent-Disposition: form-data; name=\"a\"; filename=\"f\"\r\n\r\nb\r\n--q--\r\n";

  @ParameterizedTest
  @CsvSource({
    "groupcache.security.shared-secret=s3cret, 401, unauthorized",
    "groupcache.enabled=true, 405, bad-request"
  })
  void theHiddenMethodFilterFindsNoFormToParse(String property, int status, String error)
      throws IOException {
    try (RunningApp app =
        RunningApp.start(App.class, property, "spring.mvc.hiddenmethod.filter.enabled=true")) {
      Answer answer = post(app, "/_groupcache/echo/k", FORM, "a=%zz");

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.error()).isEqualTo(error);
    }
  }

  @Test
  void aFilterThatAsksForAFormIsGivenNone() throws IOException {
    try (RunningApp app = RunningApp.start(App.class)) {
      for (String type : new String[] {FORM, "multipart/form-data; boundary=q"}) {
        String body = type.equals(FORM) ? "a=b" : UPLOAD;
        Answer peers = post(app, "/_groupcache/echo/k?a=c", type, body);
        Answer others = post(app, "/upload?a=c", type, body);

        assertThat(peers.status()).isEqualTo(405);
        assertThat(peers.headers()).containsEntry("X-Seen", "null [] [] false 0 null");
        assertThat(others.status()).isEqualTo(200);
        assertThat(others.headers().get("X-Seen")).startsWith("c [a] [a] true ");
      }
    }
  }

  private static Answer post(RunningApp app, String target, String type, String body)
      throws IOException {
    try (RawHttp connection = new RawHttp(app.port())) {
      return connection.send(
          "POST "
              + target
              + " HTTP/1.1\r\nHost: a\r\nContent-Type: "
              + type
              + "\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    @Bean
    Filter curious() {
      return (request, response, chain) -> {
        HttpServletRequest http = (HttpServletRequest) request;
        boolean upload = http.getHeader("Content-Type").startsWith("multipart");
        String seen =
            http.getParameter("a")
                + " "
                + Collections.list(http.getParameterNames())
                + " "
                + http.getParameterMap().keySet()
                + " "
                + (http.getParameterValues("a") != null)
                + " "
                + (upload ? http.getParts().size() : 0)
                + " "
                + (upload ? http.getPart("a") : null);
        ((HttpServletResponse) response).setHeader("X-Seen", seen);
        chain.doFilter(request, response);
      };
    }

    @Bean
    Uploads uploads() {
      return new Uploads();
    }
  }

  @RestController
  static class Uploads {

    @PostMapping("/upload")
    String upload() {
      return "thanks";
    }
  }
}
