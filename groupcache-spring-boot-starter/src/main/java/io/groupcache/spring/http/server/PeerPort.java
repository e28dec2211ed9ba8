package io.groupcache.spring.http.server;

/** A port on which peers are answered, and nobody else. */
public interface PeerPort {

  /** The property with its number, once the server runs. */
  String PROPERTY = "local.groupcache.port";

  /** Whether there is a server that it is part of. */
  boolean isInstalled();
}
