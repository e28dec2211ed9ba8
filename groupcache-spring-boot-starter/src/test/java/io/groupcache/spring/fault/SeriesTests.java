package io.groupcache.spring.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesTests {

  @Test
  void whatGrowsIsGreaterLate() {
    Series series = new Series("growth");
    IntStream.rangeClosed(1, 30).forEach(series::add);

    assertThat(series.early()).isEqualTo(7);
    assertThat(series.late()).isEqualTo(26);
  }

  @Test
  void theChartBeginsAtZero() {
    Series series = new Series("threads");
    IntStream.of(0, 4, 8, 8).forEach(series::add);

    assertThat(series.chart())
        .isEqualTo("threads            ▁▄██  0 early, 8 late, at most 8%n".formatted());
  }
}
