package io.groupcache.spring.http.server;

/** Who is told what a getter's exception says: it may hold what is nobody else's business. */
public enum ExposeMessages {
  /** Peers that have proved to be some, with the shared secret or with a certificate. */
  AUTHENTICATED,
  /** Everyone who may ask. */
  ALWAYS,
  /** Nobody: it is in the log of the peer where the getter ran. */
  NEVER
}
