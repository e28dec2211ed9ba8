package io.groupcache.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.Getter;
import io.groupcache.spring.autoconfigure.GroupCacheAutoConfiguration;
import io.groupcache.spring.autoconfigure.GroupCacheDiagnosticsAutoConfiguration;
import io.groupcache.spring.autoconfigure.PeerEndpointAutoConfiguration;
import io.groupcache.spring.http.wire.SharedSecret;
import java.util.Map;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Starts real applications, because analyzers compete: Boot's own explain binding failures too. */
@ExtendWith(OutputCaptureExtension.class)
class GroupCacheFailureAnalyzerTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "groupcache.self=10.0.0.1:8080 | groupcache.self is '10.0.0.1:8080' | it is no base URL | such as http://10.0.0.1:8080",
        "groupcache.self=ftp://a:1 | groupcache.self is 'ftp://a:1' | has to begin with http:// or https:// | such as http",
        "groupcache.self=http://a:1;groupcache.peers=http://a:1,b:2 | groupcache.peers[1] is 'b:2' | it is no base URL | such as http",
        "groupcache.peers=http://a:1 | groupcache.peers is '[http://a:1]' | nothing says which of these peers this one is | Set groupcache.self",
        "groupcache.self=http://c:1;groupcache.peers=http://a:1,http://b:2 | groupcache.peers is | this peer, groupcache.self=http://c:1, is not in the list | Add groupcache.self to the list",
        "groupcache.base-path=_groupcache | groupcache.base-path is '_groupcache' | begin and end with a slash | groupcache.base-path=/_groupcache/",
        "groupcache.base-path=/ | groupcache.base-path is '/' | begin and end with a slash | groupcache.base-path=/_groupcache/",
        "groupcache.base-path=/{x}/ | groupcache.base-path is | only letters, digits | groupcache.base-path=/_groupcache/",
        "groupcache.replicas=0 | groupcache.replicas is '0' | at least one point | a positive number",
        "groupcache.cache-bytes=-1 | groupcache.cache-bytes is '-1B' | less than nothing | or 0 to cache nothing",
        "groupcache.groups.tiles.cache-bytes=-1MB | groupcache.groups.tiles.cache-bytes is | less than nothing | or 0",
        "groupcache.groups.tiles.max-concurrent-loads=0 | groupcache.groups.tiles.max-concurrent-loads is '0' | no key could be loaded | a positive number",
        "groupcache.time-to-live=0 | groupcache.time-to-live is 'PT0S' | no value could ever be used | such as 5m",
        "groupcache.time-to-live=-1s | groupcache.time-to-live is 'PT-1S' | no value could ever be used | leave it out",
        "groupcache.time-to-live-jitter=1.5 | groupcache.time-to-live-jitter is '1.5' | part of its time | from 0 to 1",
        "groupcache.time-to-live-jitter=-0.1 | groupcache.time-to-live-jitter is '-0.1' | part of its time | Leave it out (0.1)",
        "groupcache.time-to-live-jitter=NaN | groupcache.time-to-live-jitter is 'NaN' | part of its time | from 0 to 1",
        "groupcache.refresh-after=0 | groupcache.refresh-after is 'PT0S' | each get would load | shorter than time-to-live",
        "groupcache.refresh-after=-1m | groupcache.refresh-after is 'PT-1M' | each get would load | such as 1m",
        "groupcache.stale-if-error=-1s | groupcache.stale-if-error is 'PT-1S' | less than none | Leave it out (0s)",
        "groupcache.not-found-time-to-live=-1s | groupcache.not-found-time-to-live is 'PT-1S' | less than none | such as 1m",
        "groupcache.time-to-live=1m;groupcache.refresh-after=1m | groupcache.refresh-after is 'PT1M' | time-to-live is PT1M | shorter than time-to-live",
        "groupcache.time-to-live=1m;groupcache.groups.tiles.refresh-after=2m | groupcache.groups.tiles.refresh-after is 'PT2M' | time-to-live is PT1M | shorter than time-to-live",
        "groupcache.refresh-after=1m;groupcache.groups.tiles.time-to-live=30s | groupcache.groups.tiles.time-to-live is 'PT30S' | groupcache.refresh-after is PT1M | shorter than time-to-live",
        "groupcache.groups.tiles.time-to-live=0 | groupcache.groups.tiles.time-to-live is 'PT0S' | no value could ever be used | such as 5m",
        "groupcache.groups.tiles.time-to-live-jitter=2 | groupcache.groups.tiles.time-to-live-jitter is '2.0' | part of its time | from 0 to 1",
        "groupcache.groups.tiles.refresh-after=0 | groupcache.groups.tiles.refresh-after is 'PT0S' | each get would load | such as 1m",
        "groupcache.groups.tiles.stale-if-error=-1s | groupcache.groups.tiles.stale-if-error is 'PT-1S' | less than none | such as 1m",
        "groupcache.groups.tiles.not-found-time-to-live=-1s | groupcache.groups.tiles.not-found-time-to-live is 'PT-1S' | less than none | such as 1m",
        "groupcache.timeout=0 | groupcache.timeout is 'PT0S' | a wait needs a bound | such as 5s",
        "groupcache.max-key-bytes=0 | groupcache.max-key-bytes is '0B' | one array of bytes | Leave it out (2KB)",
        "groupcache.max-value-bytes=2GB | groupcache.max-value-bytes is | one array of bytes | to 2047MB",
        "groupcache.server.max-concurrent-requests=0 | groupcache.server.max-concurrent-requests is '0' | no peer could be answered | a positive number",
        "groupcache.client.connect-timeout=0 | groupcache.client.connect-timeout is 'PT0S' | a wait needs a bound | such as 5s",
        "groupcache.client.read-timeout=-5s | groupcache.client.read-timeout is 'PT-5S' | a wait needs a bound | such as 5s",
        "groupcache.client.max-connections-per-peer=0 | groupcache.client.max-connections-per-peer is '0' | without a connection | a positive number",
        "groupcache.client.max-response-size=0 | groupcache.client.max-response-size is '0B' | one array of bytes | from 1B to",
        "groupcache.client.max-response-size=3GB | groupcache.client.max-response-size is | one array of bytes | to 2047MB",
        "groupcache.client.ssl.bundle=nosuch | groupcache.client.ssl.bundle is 'nosuch' | no SSL bundle of that name | under spring.ssl.bundle",
        "groupcache.self=http://a:1;groupcache.peers=http://a:1 | groupcache.peers is '[http://a:1]' | the others could not ask this peer | Set groupcache.server.port",
        "groupcache.server.port= | groupcache.server.port is '' | it is blank | Write a port",
        "groupcache.server.port=70000 | groupcache.server.port is '70000' | no such port | from 1 to 65535",
        "groupcache.server.max-threads=0 | groupcache.server.max-threads is '0' | nobody would answer | a positive number",
        "groupcache.server.write-buffer-size=0 | groupcache.server.write-buffer-size is '0B' | each connection takes | from 1B to 16MB",
        "groupcache.self=http://shop_1:8080 | groupcache.self is 'http://shop_1:8080' | an underscore in its host | such as http",
        "groupcache.self=http://a:1/b/../c | groupcache.self is | a step '..' in its path | such as http",
        "groupcache.self=http://a:1// | groupcache.self is | two slashes in a row | such as http",
        "groupcache.self=http://a:1?b | groupcache.self is | a query or a fragment | such as http",
        "groupcache.self=http://a b | groupcache.self is | it is no URL | such as http",
        "groupcache.self=http://a:1;groupcache.peers=http://a:1,http://b:2,http://a:1/ | groupcache.peers[2] is 'http://a:1' | the same peer as groupcache.peers[0] | List each peer once",
        "groupcache.self=http://a:1;groupcache.peers=http://a:1,http://b,http://B:80 | groupcache.peers[2] is 'http://B:80' | the same peer as groupcache.peers[1] | List each peer once",
        "groupcache.self=http://a:1;groupcache.peers=http://a:1,,http://b:1 | groupcache.peers[1] is '' | it has to begin with http | such as http",
        "groupcache.self=http://127.0.0.1:1;groupcache.peers=http://localhost:1 | groupcache.peers is | is not in the list | the same host there",
        "groupcache.base-path= | groupcache.base-path is '' | begin and end with a slash | groupcache.base-path=/_groupcache/",
        "groupcache.base-path=// | groupcache.base-path is '//' | begin and end with a slash | groupcache.base-path=/_groupcache/",
        "groupcache.base-path=/a//b/ | groupcache.base-path is | only letters, digits | groupcache.base-path=/_groupcache/",
        "groupcache.base-path=/a?b/ | groupcache.base-path is | only letters, digits | groupcache.base-path=/_groupcache/",
        "groupcache.base-path=/./ | groupcache.base-path is '/./' | for steps in a path | groupcache.base-path=/_groupcache/",
        "groupcache.base-path=/a/../ | groupcache.base-path is '/a/../' | for steps in a path | groupcache.base-path=/_groupcache/",
        "groupcache.base-path=/Web-Inf/x/ | groupcache.base-path is | servlet containers answer nothing there | groupcache.base-path=/_groupcache/",
        "groupcache.replicas=-1 | groupcache.replicas is '-1' | at least one point | a positive number",
        "groupcache.replicas=10001 | groupcache.replicas is '10001' | points of all peers in memory | at most 10000",
        "groupcache.timeout=999us | groupcache.timeout is 'PT0.000999S' | a wait needs a bound | from 1ms",
        "groupcache.timeout=2147483648ms | groupcache.timeout is | beyond what can be told | up to 24 days",
        "groupcache.timeout=PT9223372036854775807S | groupcache.timeout is | beyond what can be told | up to 24 days",
        "groupcache.client.read-timeout=PT-9223372036854775807S | groupcache.client.read-timeout is | a wait needs a bound | from 1ms",
        "groupcache.client.connect-timeout=2147483648ms | groupcache.client.connect-timeout is | beyond what can be told | up to 24 days",
        "groupcache.max-key-bytes=-1 | groupcache.max-key-bytes is '-1B' | one array of bytes | from 1B",
        "groupcache.max-key-bytes=2146435073B | groupcache.max-key-bytes is | one array of bytes | to 2047MB",
        "groupcache.max-value-bytes=0 | groupcache.max-value-bytes is '0B' | one array of bytes | from 1B",
        "groupcache.max-value-bytes=2147483647B | groupcache.max-value-bytes is | one array of bytes | to 2047MB",
        "groupcache.client.max-connections-per-peer=-1 | groupcache.client.max-connections-per-peer is '-1' | without a connection | a positive number",
        "groupcache.server.max-concurrent-requests=-1 | groupcache.server.max-concurrent-requests is '-1' | no peer could be answered | a positive number",
        "groupcache.server.port=-1 | groupcache.server.port is '-1' | no such port | from 1 to 65535",
        "groupcache.server.port=65536 | groupcache.server.port is '65536' | no such port | from 1 to 65535",
        "groupcache.server.max-threads=10001 | groupcache.server.max-threads is '10001' | so many threads | at most 10000",
        "groupcache.server.write-buffer-size=16777217B | groupcache.server.write-buffer-size is | each connection takes | to 16MB",
        "groupcache.groups.tiles.max-concurrent-loads=-1 | groupcache.groups.tiles.max-concurrent-loads is '-1' | no key could be loaded | a positive number",
        "groupcache.server.ssl.bundle=x | groupcache.server.ssl.bundle is 'x' | they have none | Set groupcache.server.port",
        "groupcache.server.port=0;groupcache.server.ssl.client-auth=need | groupcache.server.ssl.client-auth is 'NEED' | without TLS | Set groupcache.server.ssl.bundle",
      })
  void aWrongSettingIsExplained(
      String properties, String setting, String problem, String action, CapturedOutput output) {
    assertStartFails(App.class, properties.split(";"));

    assertThat(output).contains("APPLICATION FAILED TO START");
    String explanation = output.toString();
    assertThat(explanation.substring(explanation.indexOf("Description:")))
        .contains(setting, problem, action);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "groupcache.security.shared-secret= | groupcache.security.shared-secret is",
        "groupcache.security.shared-secret=hunter1,,hunter2 | groupcache.security.shared-secret[1] is",
        "groupcache.security.shared-secret=hunter1,hun ter2 | groupcache.security.shared-secret[1] is",
        "groupcache.security.shared-secret=hünter1 | groupcache.security.shared-secret[0] is",
        "groupcache.security.shared-secret=${nothing.hunter} | groupcache.security.shared-secret[0] is",
        "groupcache.security.shared-secret=hunter1,a${nothing} | groupcache.security.shared-secret[1] is",
        "groupcache.security.shared-secret[0]=hunter1;groupcache.security.shared-secret[2]=hunter2 | groupcache.security.shared-secret",
      })
  void aWrongSecretIsExplainedAndNotShown(
      String properties, String setting, CapturedOutput output) {
    Throwable failure = startFailure(App.class, properties.split(";"));

    String explanation = output.toString();
    assertThat(explanation.substring(explanation.indexOf("Description:")))
        .contains(setting, "openssl rand -hex 32");
    assertThat(explanation).doesNotContain("hunter", "hun ter", "hünter");
    assertThat(Throwables.getStackTrace(failure)).doesNotContain("hunter", "hun ter", "hünter");
  }

  @Test
  void aPlaceholderThatNothingResolvesIsNoSecret(CapturedOutput output) {
    assertStartFails(App.class, "groupcache.security.shared-secret=${PEER_SECRET}");

    assertThat(output)
        .contains("groupcache.security.shared-secret[0] is '(not shown)'")
        .contains("a placeholder in it that nothing resolves")
        .contains("Set the environment variable or the property that it names");
  }

  @Test
  void aPlaceholderThatSomethingResolvesIsASecret() {
    try (var context =
        new SpringApplicationBuilder(App.class)
            .web(WebApplicationType.NONE)
            .properties("groupcache.security.shared-secret=${peer.secret}", "peer.secret=hunter1")
            .run()) {
      assertThat(context.getBean(SharedSecret.class).isSet()).isTrue();
    }
  }

  @Test
  void aGetterBeanThatCantBeAGroupIsExplained(CapturedOutput output) {
    assertStartFails(WrongName.class);

    assertThat(output)
        .contains("The name of a Getter bean is 'map/tiles'")
        .contains("can't have a '/'")
        .contains("Give the bean another name");
  }

  @Test
  void aPortThatKubernetesHasSetIsExplained(CapturedOutput output) {
    SpringApplication application =
        new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE).build();
    application.addInitializers(context ->
        context
            .getEnvironment()
            .getPropertySources()
            .replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                    Map.of("GROUPCACHE_SERVER_PORT", "tcp://10.0.0.1:80"))));

    assertThatThrownBy(() -> application.run().close()).isNotNull();

    assertThat(output)
        .contains("groupcache.server.port is 'tcp://10.0.0.1:80'")
        .contains("GROUPCACHE_SERVER_PORT")
        .contains("a Service named groupcache-server")
        .contains("Give the Service another name")
        .contains("enableServiceLinks: false");
  }

  private static void assertStartFails(Class<?> configuration, String... properties) {
    assertThat(startFailure(configuration, properties))
        .hasStackTraceContaining(GroupCacheConfigurationException.class.getName());
  }

  private static Throwable startFailure(Class<?> configuration, String... properties) {
    SpringApplication application =
        new SpringApplicationBuilder(configuration)
            .web(WebApplicationType.NONE)
            .properties(properties)
            .build();
    return assertThatThrownBy(() -> application.run().close()).actual();
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    GroupCacheAutoConfiguration.class,
    PeerEndpointAutoConfiguration.class,
    GroupCacheDiagnosticsAutoConfiguration.class
  })
  static class App {}

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(GroupCacheAutoConfiguration.class)
  static class WrongName {

    @Bean("map/tiles")
    Getter tiles() {
      return (context, key, dest) -> dest.setString(key);
    }
  }
}
