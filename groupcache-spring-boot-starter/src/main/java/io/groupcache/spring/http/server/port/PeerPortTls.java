package io.groupcache.spring.http.server.port;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.openssl.ciphers.OpenSSLCipherConfigurationParser;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.web.server.Ssl.ClientAuth;

/** An SSL bundle as Tomcat wants it. */
final class PeerPortTls {

  private PeerPortTls() {}

  /** The bundle's certificate, what it trusts, its protocols and its ciphers. */
  static SSLHostConfig of(SslBundle bundle, ClientAuth clientAuth) {
    SSLHostConfig tls = new SSLHostConfig();
    tls.setSslProtocol(bundle.getProtocol());
    tls.setCertificateVerification(ClientAuth.map(clientAuth, "none", "optional", "required"));
    tls.addCertificate(certificate(tls, bundle));
    if (bundle.getStores().getTrustStore() != null) {
      tls.setTrustStore(bundle.getStores().getTrustStore());
    }
    setProtocolsAndCiphers(tls, bundle.getOptions());
    return tls;
  }

  private static SSLHostConfigCertificate certificate(SSLHostConfig tls, SslBundle bundle) {
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
    SslStoreBundle stores = bundle.getStores();
    String storePassword = stores.getKeyStorePassword();
    certificate.setCertificateKeystorePassword(storePassword == null ? "" : storePassword);
    if (stores.getKeyStore() != null) {
      certificate.setCertificateKeystore(stores.getKeyStore());
    }
    if (bundle.getKey().getPassword() != null) {
      certificate.setCertificateKeyPassword(bundle.getKey().getPassword());
    }
    if (bundle.getKey().getAlias() != null) {
      certificate.setCertificateKeyAlias(bundle.getKey().getAlias());
    }
    return certificate;
  }

  private static void setProtocolsAndCiphers(SSLHostConfig tls, SslOptions options) {
    if (options.getEnabledProtocols() != null) {
      tls.setProtocols(String.join("+", options.getEnabledProtocols()));
    }
    if (options.getCiphers() != null) {
      Map<Boolean, List<String>> ofTls13 =
          Arrays.stream(options.getCiphers())
              .collect(Collectors.partitioningBy(OpenSSLCipherConfigurationParser::isTls13Cipher));
      tls.setCiphers(String.join(",", ofTls13.get(false)));
      tls.setCipherSuites(String.join(",", ofTls13.get(true)));
    }
  }
}
