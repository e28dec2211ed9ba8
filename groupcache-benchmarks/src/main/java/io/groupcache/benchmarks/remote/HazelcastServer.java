package io.groupcache.benchmarks.remote;

import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.io.OutputStream;

/** A process with the member that has all keys. */
final class HazelcastServer {

  private HazelcastServer() {}

  /** Takes the port, says {@code READY}, and ends when its input does. */
  public static void main(String[] args) throws IOException {
    HazelcastInstance member =
        HazelcastMembers.start(HazelcastMembers.config("127.0.0.1", Integer.parseInt(args[0])));
    System.out.println("READY");
    System.in.transferTo(OutputStream.nullOutputStream());
    member.shutdown();
  }
}
