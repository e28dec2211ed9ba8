package io.groupcache.benchmarks.remote;

import io.groupcache.benchmarks.process.Child;
import io.groupcache.benchmarks.process.FreePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The processes of one rival: its servers, and the client that has the callers. */
final class Team implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Child> servers;
  private final Child client;
  private final List<DelayingProxy> proxies;

  private Team(List<Child> servers, Child client, List<DelayingProxy> proxies) {
    this.servers = servers;
    this.client = client;
    this.proxies = proxies;
  }

  /** Starts the servers, whose values have {@code size} bytes, and then the client. */
  static Team start(Rival rival, int servers, int size, Commands commands) {
    List<Child> started = new ArrayList<>();
    List<DelayingProxy> proxies = new ArrayList<>();
    try {
      List<String> addresses = new ArrayList<>();
      for (int i = 0; i < servers; i++) {
        int port = FreePort.find();
        Child server =
            Child.start(rival.option() + "-server-" + i, commands.server(rival, size, port));
        started.add(server);
        String told = server.await(rival.isRedis() ? "Ready to accept" : "READY", PATIENCE);
        String address = told.startsWith("http:") ? told : "127.0.0.1:" + port;
        addresses.add(
            commands.delay().isZero() ? address : through(address, commands.delay(), proxies));
      }
      Child client =
          Child.start(rival.option() + "-client", commands.client(rival, size, addresses));
      started.add(client);
      client.await("READY", PATIENCE);
      return new Team(List.copyOf(started.subList(0, servers)), client, proxies);
    } catch (RuntimeException e) {
      started.forEach(Child::close);
      proxies.forEach(DelayingProxy::close);
      throw e;
    }
  }

  /** Puts that many keys where the gets will find them. */
  void fill(int keys) {
    client.ask("fill " + keys, PATIENCE);
  }

  /** Puts load on the servers for that long; {@code how} is a command of {@link ClientProcess}. */
  Sample load(String how, int callers, Duration length, int keys) {
    Duration before = cpu();
    String answer =
        client.ask(
            how + " " + callers + " " + length.toMillis() + " " + keys, PATIENCE.plus(length));
    return Sample.parse(answer, cpu().minus(before));
  }

  @Override
  public void close() {
    client.close();
    servers.forEach(Child::close);
    proxies.forEach(DelayingProxy::close);
  }

  /** The address at which a new proxy stands for that of a server. */
  private static String through(String address, Duration delay, List<DelayingProxy> proxies) {
    int colon = address.lastIndexOf(':');
    DelayingProxy proxy =
        DelayingProxy.start(Integer.parseInt(address.substring(colon + 1)), delay);
    proxies.add(proxy);
    return address.substring(0, colon + 1) + proxy.port();
  }

  private Duration cpu() {
    return servers.stream().map(Child::cpu).reduce(client.cpu(), Duration::plus);
  }
}
