package io.groupcache.spring.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.groupcache.spring.ring.GoBuild;
import io.groupcache.spring.ring.PeerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A toxiproxy process with one proxy, which stands before a peer. */
final class ToxicProxy implements AutoCloseable {

  private static final String PROGRAM = "github.com/Shopify/toxiproxy/v2/cmd/server";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String api;
  private final PeerProcess process;

  private ToxicProxy(String api, PeerProcess process) {
    this.api = api;
    this.process = process;
  }

  /** Starts one whose API is at a port, and which passes connections from a port to another. */
  static ToxicProxy start(int apiPort, int from, int to) {
    ProcessBuilder command =
        new ProcessBuilder(
            GoBuild.build("toxiproxy", PROGRAM).toString(), "-host=127.0.0.1", "-port=" + apiPort);
    ToxicProxy proxy =
        new ToxicProxy(
            "http://127.0.0.1:" + apiPort, PeerProcess.start("toxiproxy-" + apiPort, command));
    try {
      await().atMost(Duration.ofMinutes(1)).until(proxy::isReady);
      proxy.post(
          "/proxies",
          """
          {"name": "peer", "listen": "127.0.0.1:%d", "upstream": "127.0.0.1:%d"}\
          """
              .formatted(from, to));
      return proxy;
    } catch (Throwable e) {
      proxy.close();
      throw e;
    }
  }

  /** Resets the connections to the peer as soon as something is sent on them. */
  void reset() {
    toxic("reset_peer");
  }

  /** Swallows whatever is sent to the peer. */
  void blackHole() {
    toxic("timeout");
  }

  /** Swallows what is sent to the peer on one connection in ten. */
  void loseSome() {
    toxic("timeout", 0.1);
  }

  /** Passes everything on again. */
  void heal() {
    post("/reset", "");
  }

  @Override
  public void close() {
    process.close();
  }

  private void toxic(String type) {
    toxic(type, 1);
  }

  private void toxic(String type, double toxicity) {
    post(
        "/proxies/peer/toxics",
        """
        {"type": "%s", "stream": "upstream", "toxicity": %s, "attributes": {"timeout": 0}}\
        """
            .formatted(type, toxicity));
  }

  private boolean isReady() {
    process.checkAlive();
    try {
      return send(HttpRequest.newBuilder(URI.create(api + "/version"))).statusCode() == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private void post(String path, String json) {
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(URI.create(api + path)).POST(BodyPublishers.ofString(json)));
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
