package io.groupcache.s3fifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.groupcache.bounded.BoundedCache;
import io.groupcache.bounded.BoundedCacheContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class S3FifoCacheTests extends BoundedCacheContract {

  private final S3FifoCache<Integer, Integer> hundred = new S3FifoCache<>(100);

  @Override
  protected <K, V> BoundedCache<K, V> newCache(long maxBytes) {
    return new S3FifoCache<>(maxBytes);
  }

  @Test
  void whatWasReadTwiceOutlivesAScanAndWhatWasReadOnceDoesNot() {
    put(0, 99);
    read(0, 90, 2);
    read(90, 95, 1);

    put(1000, 2000);

    assertThat(held(0, 90)).isEqualTo(90);
    assertThat(held(90, 100)).isZero();
    assertThat(held(1990, 2000)).isEqualTo(10); // the scan has the small queue
  }

  @Test
  void whatComesBackSoonAfterItWasEvictedIsInTheMainQueue() {
    put(0, 80);
    read(0, 80, 2);
    put(100, 140); // the last twenty of them fit in

    put(100, 105);
    put(1000, 2000);

    assertThat(held(100, 105)).isEqualTo(5);
    assertThat(held(105, 140)).isZero();
  }

  @Test
  void whatComesBackLateIsAsNew() {
    put(0, 80);
    read(0, 80, 2);
    put(100, 140);
    put(200, 300); // more are evicted than the main queue has

    put(100, 105);
    put(1000, 2000);

    assertThat(held(100, 105)).isZero();
  }

  @Test
  void theMainQueueForgetsWhatIsNotReadAnyMore() {
    put(0, 100);
    read(0, 100, 3);
    put(100, 200);
    read(190, 200, 3);

    for (int i = 1000; i < 3000; i++) {
      put(i, i + 1);
      read(i, i + 1, 3);
    }

    assertThat(held(0, 200)).isZero();
  }

  @Test
  void theSmallQueueIsATenthOfTheBytesHoweverManyEntriesItHas() {
    put(0, 9);
    for (int i = 0; i < 9; i++) {
      hundred.put(i, i, 10);
    }
    read(0, 9, 2);

    put(1000, 2000);

    assertThat(held(0, 9)).isEqualTo(9);
    assertThat(held(1000, 2000)).isEqualTo(10);
    assertThat(hundred.bytes()).isEqualTo(100);
  }

  private void put(int from, int to) {
    for (int i = from; i < to; i++) {
      hundred.put(i, i, 1);
    }
  }

  private void read(int from, int to, int times) {
    for (int time = 0; time < times; time++) {
      for (int i = from; i < to; i++) {
        assertThat(hundred.get(i)).isEqualTo(i);
      }
    }
  }

  private int held(int from, int to) {
    int held = 0;
    for (int i = from; i < to; i++) {
      held += hundred.bytesOf(i) > 0 ? 1 : 0;
    }
    return held;
  }
}
