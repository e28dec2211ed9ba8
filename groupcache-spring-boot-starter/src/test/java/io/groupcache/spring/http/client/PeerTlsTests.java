package io.groupcache.spring.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.GroupCache;
import io.groupcache.LoadException;
import io.groupcache.Sinks;
import io.groupcache.spring.Certificates;
import io.groupcache.spring.RawHttp;
import io.groupcache.spring.RunningApp;
import io.groupcache.spring.http.HttpPool;
import io.groupcache.spring.http.PeerContextFactory;
import io.groupcache.spring.http.server.port.PeerPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Peers over TLS, with real certificates. */
@Timeout(120)
class PeerTlsTests {

  private static final String CLIENT_BUNDLE = "groupcache.client.ssl.bundle=peer";
  private static final String SERVER_BUNDLE = "server.ssl.bundle=peer";
  private static final String MUTUAL = "server.ssl.client-auth=need";
  private static final String OWN_PORT = "groupcache.server.port=0";
  private static final String OWN_BUNDLE = "groupcache.server.ssl.bundle=peer";
  private static final String OWN_MUTUAL = "groupcache.server.ssl.client-auth=need";

  @TempDir static Path directory;
  private static Certificates certificates;
  private static Path key;

  @BeforeAll
  static void issue() throws Exception {
    certificates = new Certificates(directory.resolve("our authority"));
    key = certificates.issue("one.p12", "one");
  }

  @Test
  void peersReachEachOtherOverTls() throws Exception {
    try (RunningApp owner = start(certificates.bundle("peer", key), SERVER_BUNDLE);
        RunningApp client = start(certificates.trustingBundle("peer"), CLIENT_BUNDLE)) {
      assertAsks(client, owner, "none");
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNotTrusted() throws Exception {
    Certificates others = new Certificates(directory.resolve("another authority"));
    try (RunningApp owner =
            start(others.bundle("peer", others.issue("other.p12", "other")), SERVER_BUNDLE);
        RunningApp client = start(certificates.trustingBundle("peer"), CLIENT_BUNDLE)) {
      assertLoadsForItself(client, owner);
    }
  }

  @Test
  void aCertificateForAnotherHostIsNotTrusted() throws Exception {
    try (RunningApp owner = start(certificates.bundle("peer", key), SERVER_BUNDLE);
        RunningApp client = start(certificates.trustingBundle("peer"), CLIENT_BUNDLE)) {
      assertLoadsForItself(client, owner, 0, "https://127.0.0.2:" + owner.port());
    }
  }

  @Test
  void peersShowEachOtherTheirCertificates() throws Exception {
    List<String> bundle = certificates.bundle("peer", key);
    try (RunningApp owner = start(bundle, SERVER_BUNDLE, MUTUAL);
        RunningApp client = start(bundle, CLIENT_BUNDLE)) {
      assertAsks(client, owner, "CN=one");
      assertThatThrownBy(() -> client.bean(GroupCache.class).group("broken").get("k"))
          .isInstanceOf(LoadException.class)
          .hasMessageContaining("the password is 4711");
    }
  }

  @Test
  void aPeerWithoutACertificateIsRefused() throws Exception {
    try (RunningApp owner = start(certificates.bundle("peer", key), SERVER_BUNDLE, MUTUAL);
        RunningApp client = start(certificates.trustingBundle("peer"), CLIENT_BUNDLE)) {
      assertLoadsForItself(client, owner);
    }
  }

  @Test
  void aPeerWithACertificateThatNobodyVouchesForIsRefused() throws Exception {
    Certificates others = new Certificates(directory.resolve("a third authority"));
    List<String> stranger = new ArrayList<>(others.bundle("peer", others.issue("x.p12", "x")));
    stranger.removeAll(others.trustingBundle("peer"));
    stranger.addAll(certificates.trustingBundle("peer"));
    try (RunningApp owner = start(certificates.bundle("peer", key), SERVER_BUNDLE, MUTUAL);
        RunningApp client = start(stranger, CLIENT_BUNDLE)) {
      assertLoadsForItself(client, owner);
    }
  }

  @Test
  void protocolsOfTheBundleAreUsed() throws Exception {
    String server = "spring.ssl.bundle.jks.peer.options.enabled-protocols=TLSv1.3";
    String client = "spring.ssl.bundle.jks.peer.options.enabled-protocols=TLSv1.2";
    try (RunningApp owner = start(certificates.bundle("peer", key), SERVER_BUNDLE, server);
        RunningApp asker = start(certificates.trustingBundle("peer"), CLIENT_BUNDLE, client)) {
      assertLoadsForItself(asker, owner);
    }
  }

  @Test
  void peersCanHaveTlsOnAPortOfTheirOwnOnly() throws Exception {
    try (RunningApp owner =
            start(certificates.bundle("peer", key), OWN_PORT, OWN_BUNDLE, OWN_MUTUAL);
        RunningApp client = start(certificates.bundle("peer", key), CLIENT_BUNDLE);
        RunningApp stranger = start(certificates.trustingBundle("peer"), CLIENT_BUNDLE);
        RawHttp connection = new RawHttp(owner.port())) {
      assertAsks(client, owner, "CN=one");
      assertLoadsForItself(stranger, owner, 1);
      assertThat(connection.get("/").status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource({
    SERVER_BUNDLE + "," + MUTUAL + ",groupcache.server.max-threads=200",
    OWN_PORT + "," + OWN_BUNDLE + "," + OWN_MUTUAL
  })
  void aCertificateIsExchangedWithoutARestartAndWithoutAFailedGet(
      String one, String two, String three) throws Exception {
    Certificates changing = new Certificates(Files.createTempDirectory(directory, "changing"));
    Path file = changing.issue("key.p12", "before");
    List<String> bundle = new ArrayList<>(changing.bundle("peer", file));
    bundle.add("spring.ssl.bundle.jks.peer.reload-on-update=true");
    bundle.add("spring.ssl.bundle.watch.file.quiet-period=100ms");
    bundle.add("server.tomcat.max-keep-alive-requests=-1"); // so that the asker has to close it
    try (RunningApp owner = start(bundle, one, two, three);
        RunningApp client = start(bundle, CLIENT_BUNDLE)) {
      client.bean(HttpPool.class).set(url(owner));
      Group group = client.bean(GroupCache.class).group("certificate");
      assertThat(group.get("first", Sinks.string())).isEqualTo("CN=before");

      changing.issue("key.p12", "after");

      int gets = 1;
      String seen;
      do {
        gets++;
        seen = group.get("key " + gets, Sinks.string()); // each key from the owner, or none
        assertThat(group.stats().loadsPeer()).isEqualTo(gets);
      } while (!seen.equals("CN=after") || !serverCertificate(owner, client).equals("CN=after"));
      assertThat(group.stats().peerErrors()).isZero();
    }
  }

  private static void assertAsks(RunningApp client, RunningApp owner, String certificate) {
    client.bean(HttpPool.class).set(url(owner));
    Group group = client.bean(GroupCache.class).group("certificate");

    assertThat(group.get("k", Sinks.string())).isEqualTo(certificate);
    assertThat(group.stats().loadsPeer()).isEqualTo(1);
    assertThat(group.stats().peerErrors()).isZero();
  }

  private static void assertLoadsForItself(RunningApp client, RunningApp owner) {
    assertLoadsForItself(client, owner, 0);
  }

  private static void assertLoadsForItself(RunningApp client, RunningApp owner, long before) {
    assertLoadsForItself(client, owner, before, url(owner));
  }

  private static void assertLoadsForItself(
      RunningApp client, RunningApp owner, long before, String url) {
    client.bean(HttpPool.class).set(url);
    Group group = client.bean(GroupCache.class).group("certificate");

    assertThat(group.get("k", Sinks.string())).isEqualTo("none");
    assertThat(group.stats().loadsPeer()).isZero();
    assertThat(group.stats().peerErrors()).isEqualTo(1);
    assertThat(owner.bean(GroupCache.class).group("certificate").stats().gets()).isEqualTo(before);
  }

  private static String serverCertificate(RunningApp owner, RunningApp client)
      throws IOException, GeneralSecurityException {
    SSLContext tls = client.bean(SslBundles.class).getBundle("peer").createSslContext();
    try (SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", peerPort(owner))) {
      socket.setSoTimeout(10_000);
      return subject((X509Certificate) socket.getSession().getPeerCertificates()[0]);
    }
  }

  private static RunningApp start(List<String> bundle, String... properties) {
    List<String> all = new ArrayList<>(bundle);
    all.addAll(List.of(properties));
    return RunningApp.start(App.class, all.toArray(String[]::new));
  }

  private static String url(RunningApp app) {
    return "https://127.0.0.1:" + peerPort(app);
  }

  private static int peerPort(RunningApp app) {
    return app.hasLocalPort(PeerPort.PROPERTY) ? app.localPort(PeerPort.PROPERTY) : app.port();
  }

  private static String subject(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class App {

    /** The subject of the certificate that the asking peer has shown. */
    @Bean
    Getter certificate() {
      return (context, key, dest) ->
          dest.setString(context.attribute("certificate", String.class).orElse("none"));
    }

    @Bean
    Getter broken() {
      return (context, key, dest) -> {
        throw new IOException("the password is 4711");
      };
    }

    @Bean
    PeerContextFactory contexts() {
      return request ->
          request.getAttribute("jakarta.servlet.request.X509Certificate")
                  instanceof X509Certificate[] chain
              ? GetContext.background().withAttribute("certificate", subject(chain[0]))
              : GetContext.background();
    }
  }
}
