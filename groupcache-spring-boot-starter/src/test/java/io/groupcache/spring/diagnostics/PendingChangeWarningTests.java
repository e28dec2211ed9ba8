package io.groupcache.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.ByteView;
import io.groupcache.ChangeListener;
import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.Group;
import io.groupcache.PeerPicker;
import io.groupcache.ProtoGetter;
import io.groupcache.groupcachepb.Exchange;
import io.groupcache.groupcachepb.GetRequest;
import io.groupcache.groupcachepb.GetResponse;
import io.groupcache.spring.autoconfigure.GroupCacheAutoConfiguration;
import io.groupcache.spring.autoconfigure.GroupCacheDiagnosticsAutoConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class PendingChangeWarningTests {

  private static final String PENDING = "has not reached";
  private static final String FOR_GOOD = "No change of values reaches";

  private final Other a = new Other();
  private final Other b = new Other();

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  GroupCacheAutoConfiguration.class, GroupCacheDiagnosticsAutoConfiguration.class))
          .withBean("prices", Getter.class, () -> (context, key, dest) -> dest.setString(key));

  private final ApplicationContextRunner ring =
      runner.withBean(PeerPicker.class, () -> new Ring(Map.of("http://a:1", a, "http://b:1", b)));

  @Test
  void nothingIsSaidOfAChangeThatReachesAll(CapturedOutput output) {
    ring.run(context -> assertThat(prices(context).remove("k").isComplete()).isTrue());

    assertThat(output).doesNotContain(PENDING, FOR_GOOD);
  }

  @Test
  void peersThatAreNotReachedAreSaidOnce(CapturedOutput output) {
    a.reachable = false;
    b.reachable = false;
    ring.run(context -> {
      prices(context).remove("k");
      prices(context).clear();
      prices(context).set("k", ByteView.of("v"));
    });

    assertThat(said(output, PENDING))
        .singleElement()
        .asString()
        .contains(
            "WARN",
            "the group 'prices'",
            "[http://a:1, http://b:1]",
            "within seconds",
            "groupcache.removals.pending");
  }

  @Test
  void onePeerMoreIsSaidByItself(CapturedOutput output) {
    a.reachable = false;
    ring.run(context -> {
      prices(context).remove("k");
      b.reachable = false;
      prices(context).remove("k");
    });

    assertThat(said(output, PENDING))
        .satisfiesExactly(
            first -> assertThat(first).contains("[http://a:1]"),
            second -> assertThat(second).contains("[http://b:1]"));
  }

  @Test
  void aPeerThatWasReachedInBetweenIsSaidAgain(CapturedOutput output) {
    ring.run(context -> {
      for (boolean reachable : new boolean[] {false, true, false, false}) {
        a.reachable = reachable;
        prices(context).remove("k");
      }
    });

    assertThat(said(output, PENDING)).hasSize(2);
  }

  @Test
  void aPeerThatKnowsNoChangeIsSaidOnce(CapturedOutput output) {
    a.knowsChanges = false;
    ring.run(context -> {
      prices(context).remove("k");
      prices(context).remove("k");
    });

    assertThat(said(output, FOR_GOOD))
        .singleElement()
        .asString()
        .contains("WARN", "[http://a:1]", "golang/groupcache", "stays as it is");
    assertThat(output).doesNotContain(PENDING);
  }

  @Test
  void aPickerThatDoesNotSayWhoThereIsIsSaidOnce(CapturedOutput output) {
    runner
        .withBean(PeerPicker.class, () -> key -> null)
        .run(context -> {
          prices(context).remove("k");
          prices(context).remove("k");
        });

    assertThat(said(output, "PeerPicker.others()")).hasSize(1);
  }

  @Test
  void aListenerOfTheApplicationIsToldToo() {
    List<String> told = new ArrayList<>();
    runner
        .withBean(
            "mine", ChangeListener.class, () -> (group, change) -> told.add(group + " " + change))
        .run(context -> prices(context).remove("k"));

    assertThat(told).containsExactly("prices complete");
  }

  private static Group prices(AssertableApplicationContext context) {
    return context.getBean(Group.class);
  }

  private static Stream<String> said(CapturedOutput output, String words) {
    return output.toString().lines().filter(line -> line.contains(words));
  }

  private static final class Other implements ProtoGetter {

    private volatile boolean reachable = true;
    private volatile boolean knowsChanges = true;

    @Override
    public GetResponse get(GetContext context, GetRequest request) {
      throw new IllegalStateException("It is asked for nothing");
    }

    @Override
    public Optional<Exchange> exchange(Exchange said, Duration timeout) {
      if (!reachable) {
        throw new IllegalStateException("It can't be reached");
      }
      return Optional.of(Exchange.getDefaultInstance()).filter(answer -> knowsChanges);
    }
  }

  private record Ring(Map<String, ProtoGetter> ways) implements PeerPicker {

    @Override
    public @Nullable ProtoGetter pickPeer(String key) {
      return null;
    }

    @Override
    public Optional<Map<String, ProtoGetter>> others() {
      return Optional.of(ways);
    }
  }
}
