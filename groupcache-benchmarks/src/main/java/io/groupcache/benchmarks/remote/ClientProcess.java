package io.groupcache.benchmarks.remote;

import io.groupcache.benchmarks.load.Load;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process with the callers. Says {@code READY}, then answers the commands of its input, each with
 * a line that begins with {@code DONE}, and ends when its input does:
 *
 * <ul>
 *   <li>{@code fill KEYS}: puts every key where the gets will find it
 *   <li>{@code get CALLERS MILLIS KEYS}: so many callers get the keys one by one
 *   <li>{@code getAll CALLERS MILLIS KEYS}: so many callers get all keys at once, again and again
 * </ul>
 */
final class ClientProcess {

  /** How many callers there may be. */
  static final int CALLERS_AT_MOST = 256;

  private ClientProcess() {}

  /** Arguments: which cache, how many bytes a value has, and where the servers are. */
  public static void main(String[] args) throws Exception {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<String> servers = List.of(args).subList(2, args.length);
    try (RemoteCache cache = connect(args[0], Integer.parseInt(args[1]), servers)) {
      System.out.println("READY");
      for (String command = commands.readLine(); command != null; command = commands.readLine()) {
        System.out.println("DONE " + answer(cache, command.split(" ")));
      }
    }
    System.exit(0); // whatever threads a rival leaves behind
  }

  private static RemoteCache connect(String cache, int size, List<String> servers) {
    if (cache.equals("groupcache")) {
      return new GroupCacheClient(servers, size);
    }
    URI server = URI.create("tcp://" + servers.get(0));
    return switch (cache) {
      case "jedis" -> new JedisCache(server.getHost(), server.getPort(), size);
      case "lettuce" -> new LettuceCache(server.getHost(), server.getPort(), size);
      case "hazelcast" -> new HazelcastCache(server.getHost(), server.getPort(), size);
      default -> throw new IllegalArgumentException("No such cache: " + cache);
    };
  }

  private static String answer(RemoteCache cache, String[] command) throws Exception {
    List<String> keys = Values.keys(Integer.parseInt(command[command.length - 1]));
    if (command[0].equals("fill")) {
      cache.fill(keys);
      return "gets=" + keys.size();
    }
    int callers = Integer.parseInt(command[1]);
    Load load = new Load(callers, TimeUnit.MILLISECONDS.toNanos(Long.parseLong(command[2])));
    boolean all = command[0].equals("getAll");
    long before = cache.remoteGets();
    String result =
        (all ? load.run(List.of(keys), cache::getAll) : load.run(keys, cache::get)).toString();
    long remote = (cache.remoteGets() - before) / (all ? keys.size() : 1);
    if (before >= 0 && !result.startsWith("gets=" + remote + " ")) {
      throw new IllegalStateException(result + ", of which " + remote + " were remote");
    }
    return result;
  }
}
