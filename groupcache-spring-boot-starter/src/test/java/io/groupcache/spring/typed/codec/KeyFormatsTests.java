package io.groupcache.spring.typed.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.groupcache.ByteView;
import io.groupcache.InvalidKeyException;
import io.groupcache.Sink;
import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import io.groupcache.spring.typed.Codec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ResolvableType;

/** Keys of each type, the odd ones and many at random: as text, and back. */
class KeyFormatsTests {

  private static final int RANDOM_KEYS = 500;

  enum Size {
    SMALL,
    LARGE {
      @Override
      public String toString() {
        return "SMALL";
      }
    }
  }

  static Stream<Arguments> types() {
    return Stream.of(
        keys(
            String.class,
            r ->
                r.ints(5, 0, 0xd000)
                    .collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString(),
            "",
            " ",
            " a",
            "a ",
            "~",
            "\uFFFD",
            "\ud83d\ude00",
            "1"),
        keys(Byte.class, r -> (byte) r.nextInt(), Byte.MIN_VALUE, Byte.MAX_VALUE, (byte) 0),
        keys(Short.class, r -> (short) r.nextInt(), Short.MIN_VALUE, Short.MAX_VALUE),
        keys(Integer.class, Random::nextInt, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1),
        keys(Long.class, Random::nextLong, Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L),
        keys(
            Float.class,
            r -> Float.intBitsToFloat(r.nextInt()),
            0f,
            -0f,
            Float.NaN,
            Float.MIN_VALUE,
            Float.NEGATIVE_INFINITY),
        keys(
            Double.class,
            r -> Double.longBitsToDouble(r.nextLong()),
            0d,
            -0d,
            Double.NaN,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            1d,
            1e10),
        keys(
            BigInteger.class,
            r -> new BigInteger(200, r).subtract(BigInteger.ONE.shiftLeft(199)),
            BigInteger.ZERO,
            BigInteger.TEN),
        keys(
            BigDecimal.class,
            r -> new BigDecimal(new BigInteger(90, r), r.nextInt(60) - 30),
            new BigDecimal("1.0"),
            new BigDecimal("1.00"),
            new BigDecimal("1E+1"),
            BigDecimal.TEN,
            new BigDecimal("0E-9"),
            new BigDecimal("-0.1")),
        keys(Boolean.class, Random::nextBoolean, true, false),
        keys(Character.class, r -> (char) r.nextInt(0xd800), ' ', '\0', '\uFFFF'),
        keys(
            UUID.class,
            r -> new UUID(r.nextLong(), r.nextLong()),
            new UUID(0, 0),
            new UUID(-1, -1)),
        keys(Size.class, r -> Size.values()[r.nextInt(2)], Size.SMALL, Size.LARGE),
        keys(DayOfWeek.class, r -> DayOfWeek.of(1 + r.nextInt(7)), DayOfWeek.MONDAY),
        keys(Month.class, r -> Month.of(1 + r.nextInt(12)), Month.MAY),
        keys(
            Duration.class,
            r -> Duration.ofSeconds(r.nextLong(), r.nextInt(1_000_000_000)),
            Duration.ZERO,
            Duration.ofSeconds(Long.MIN_VALUE),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofNanos(-1)),
        keys(
            Instant.class,
            r -> instant(r),
            Instant.MIN,
            Instant.MAX,
            Instant.EPOCH,
            Instant.ofEpochSecond(-1, 1)),
        keys(
            LocalDate.class,
            r -> dateTime(r).toLocalDate(),
            LocalDate.MIN,
            LocalDate.MAX,
            LocalDate.of(0, 1, 1),
            LocalDate.of(12345, 1, 1)),
        keys(
            LocalTime.class,
            r -> dateTime(r).toLocalTime(),
            LocalTime.MIN,
            LocalTime.MAX,
            LocalTime.NOON,
            LocalTime.of(1, 2)),
        keys(
            LocalDateTime.class,
            KeyFormatsTests::dateTime,
            LocalDateTime.MIN,
            LocalDateTime.MAX,
            LocalDateTime.of(2026, 11, 27, 10, 0)),
        keys(
            OffsetTime.class,
            r -> dateTime(r).toLocalTime().atOffset(offset(r)),
            OffsetTime.MIN,
            OffsetTime.MAX),
        keys(
            OffsetDateTime.class,
            r -> dateTime(r).atOffset(offset(r)),
            OffsetDateTime.MIN,
            OffsetDateTime.MAX,
            OffsetDateTime.parse("2026-11-27T10:00Z"),
            OffsetDateTime.parse("2026-11-27T11:00+01:00")),
        keys(
            ZonedDateTime.class,
            r -> dateTime(r).atZone(zone(r)),
            ZonedDateTime.parse("2026-10-25T02:30:00+01:00[Europe/Berlin]"),
            ZonedDateTime.parse("2026-10-25T02:30:00+02:00[Europe/Berlin]"),
            ZonedDateTime.parse("2026-11-27T10:00Z"),
            ZonedDateTime.parse("2026-11-27T10:00Z[UTC]")),
        keys(
            MonthDay.class,
            r -> MonthDay.of(1 + r.nextInt(12), 1 + r.nextInt(28)),
            MonthDay.of(2, 29)),
        keys(
            Period.class,
            r -> Period.of(r.nextInt(), r.nextInt(), r.nextInt()),
            Period.ZERO,
            Period.ofDays(7),
            Period.ofWeeks(1),
            Period.ofMonths(12),
            Period.ofYears(1)),
        keys(
            Year.class,
            r ->
                Year.of(
                    r.nextInt(2_000_000_000) - 999_999_999 < 0
                        ? r.nextInt(9999)
                        : r.nextInt(999_999_999)),
            Year.of(Year.MIN_VALUE),
            Year.of(Year.MAX_VALUE),
            Year.of(5),
            Year.of(0),
            Year.of(-44),
            Year.of(12345)),
        keys(
            YearMonth.class,
            r -> YearMonth.from(dateTime(r)),
            YearMonth.of(5, 1),
            YearMonth.of(-1, 1),
            YearMonth.of(12345, 1)),
        keys(
            ZoneId.class,
            KeyFormatsTests::zone,
            ZoneId.of("UTC"),
            ZoneOffset.UTC,
            ZoneId.of("UTC+1"),
            ZoneId.of("GMT0")),
        keys(
            ZoneOffset.class,
            KeyFormatsTests::offset,
            ZoneOffset.UTC,
            ZoneOffset.MAX,
            ZoneOffset.MIN));
  }

  @ParameterizedTest
  @MethodSource("types")
  <K> void eachKeyIsReadAsItWasWrittenAndHasATextOfItsOwn(Class<K> type, List<K> keys) {
    KeyFormat<K> format = format(type, null);
    Map<String, K> byText = new HashMap<>();
    for (K key : keys) {
      String text = format.write(key);
      assertThat(format.read(text)).isEqualTo(key);
      K other = byText.putIfAbsent(text, key);
      assertThat(other).as(text).isIn(null, key);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  <K> void theLocaleDoesNotMatter(Class<K> type, List<K> keys) {
    KeyFormat<K> format = format(type, null);
    List<String> texts = keys.stream().map(format::write).toList();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(keys.stream().map(format::write)).isEqualTo(texts);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "java.lang.Long, 042",
    "java.lang.Long, +42",
    "java.lang.Long, ''",
    "java.lang.Long, 99999999999999999999",
    "java.lang.Double, 1",
    "java.math.BigDecimal, +1.0",
    "java.lang.Boolean, yes",
    "java.lang.Boolean, TRUE",
    "java.lang.Character, ab",
    "java.lang.Character, ''",
    "java.util.UUID, 1-1-1-1-1",
    "java.util.UUID, 123E4567-E89B-12D3-A456-426614174000",
    "java.time.LocalDate, 27.11.2026",
    "java.time.LocalDateTime, 2026-11-27T10:00",
    "java.time.Instant, 2026-11-27T10:00:00.000Z",
    "java.time.DayOfWeek, monday",
  })
  void anotherSpellingIsRefused(Class<?> type, String text) {
    assertThatThrownBy(() -> format(type, null).read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining(type.getName());
  }

  @ParameterizedTest
  @ValueSource(classes = {Date.class, Number.class, Object.class, Currency.class, byte[].class})
  void anyOtherTypeNeedsACodec(Class<?> type) {
    assertThatThrownBy(() -> format(type, null))
        .isInstanceOf(GroupCacheConfigurationException.class)
        .hasMessageContaining("'g'")
        .hasMessageContaining(ResolvableType.forClass(type).toString())
        .extracting(failure -> ((GroupCacheConfigurationException) failure).action())
        .asString()
        .contains("Codec<" + ResolvableType.forClass(type) + ">");
  }

  @Test
  void aCodecIsTheFormatOfAnyOtherType() {
    KeyFormat<Locale> format = format(Locale.class, codec(key -> ByteView.of(key.toLanguageTag())));
    assertThat(format.write(Locale.UK)).isEqualTo("en-GB");
    assertThat(format.read("en-GB")).isEqualTo(Locale.UK);
    assertThatThrownBy(() -> format.read("en-gb")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatACodecWritesOfAKeyIsText() {
    KeyFormat<Locale> format =
        format(Locale.class, codec(key -> ByteView.copyOf(new byte[] {(byte) 0xff})));
    assertThatThrownBy(() -> format.write(Locale.UK))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("java.util.Locale");
  }

  @SuppressWarnings("unchecked")
  private static <K> KeyFormat<K> format(Class<K> type, @Nullable Codec<K> codec) {
    return (KeyFormat<K>) KeyFormats.of("g", ResolvableType.forClass(type), () -> codec);
  }

  private static Codec<Locale> codec(Function<Locale, ByteView> writer) {
    return new Codec<>() {
      @Override
      public void encode(Locale value, Sink dest) {
        dest.setView(writer.apply(value));
      }

      @Override
      public Locale decode(ByteView bytes) {
        return Locale.forLanguageTag(bytes.utf8());
      }
    };
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // it is only read
  private static <K> Arguments keys(Class<K> type, Function<Random, K> any, K... odd) {
    Random random = new Random(1);
    List<K> keys = new ArrayList<>(Arrays.asList(odd));
    Stream.generate(() -> any.apply(random)).limit(RANDOM_KEYS).forEach(keys::add);
    return Arguments.of(type, keys);
  }

  private static Instant instant(Random random) {
    return Instant.ofEpochSecond(random.nextLong() / 1_000_000_000, random.nextInt(1_000_000_000));
  }

  private static LocalDateTime dateTime(Random random) {
    LocalDateTime any = LocalDateTime.ofInstant(instant(random), ZoneOffset.UTC);
    return random.nextBoolean() ? any.withYear(2026) : any.withNano(0);
  }

  private static ZoneOffset offset(Random random) {
    return ZoneOffset.ofTotalSeconds(random.nextInt(2 * 18 * 3600 + 1) - 18 * 3600);
  }

  private static ZoneId zone(Random random) {
    List<String> ids = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    try {
      return ZoneId.of(ids.get(random.nextInt(ids.size())));
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }
}
