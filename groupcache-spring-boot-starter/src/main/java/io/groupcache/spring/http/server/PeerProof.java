package io.groupcache.spring.http.server;

import io.groupcache.spring.http.wire.SharedSecret;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;

/** Whether those who ask have proved to be peers: by a secret, or by a certificate. */
final class PeerProof {

  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final SharedSecret secret;

  PeerProof(SharedSecret secret) {
    this.secret = secret;
  }

  /** Whether the request shows one. */
  boolean isGiven(HttpServletRequest request) {
    return (secret.isSet() && secret.admits(request.getHeader(SharedSecret.HEADER)))
        || (request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
            && chain.length > 0);
  }
}
