package io.groupcache.spring.typed.codec;

import io.groupcache.ByteView;
import io.groupcache.InvalidKeyException;
import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import io.groupcache.spring.typed.Codec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * The formats of keys, by their types. They write what Spring's conversion with ISO formats writes,
 * but not by it: that heeds the locale and the time zone of its thread, does not read back every
 * {@link Year} or {@link YearMonth}, and reads other spellings, too.
 */
final class KeyFormats {

  private static final Map<Class<?>, KeyFormat<?>> FORMATS = new HashMap<>();

  static {
    add(String.class, text -> text, text -> text);
    add(Byte.class, String::valueOf, Byte::valueOf);
    add(Short.class, String::valueOf, Short::valueOf);
    add(Integer.class, String::valueOf, Integer::valueOf);
    add(Long.class, String::valueOf, Long::valueOf);
    add(Float.class, String::valueOf, Float::valueOf);
    add(Double.class, String::valueOf, Double::valueOf);
    add(BigInteger.class, String::valueOf, BigInteger::new);
    add(BigDecimal.class, String::valueOf, BigDecimal::new);
    add(Boolean.class, String::valueOf, Boolean::valueOf);
    add(Character.class, String::valueOf, text -> text.charAt(0));
    add(UUID.class, String::valueOf, UUID::fromString);
    add(Duration.class, String::valueOf, Duration::parse);
    add(Instant.class, DateTimeFormatter.ISO_INSTANT::format, Instant::parse);
    add(LocalDate.class, DateTimeFormatter.ISO_LOCAL_DATE::format, LocalDate::parse);
    add(LocalTime.class, DateTimeFormatter.ISO_LOCAL_TIME::format, LocalTime::parse);
    add(LocalDateTime.class, DateTimeFormatter.ISO_LOCAL_DATE_TIME::format, LocalDateTime::parse);
    add(OffsetTime.class, DateTimeFormatter.ISO_OFFSET_TIME::format, OffsetTime::parse);
    add(
        OffsetDateTime.class,
        DateTimeFormatter.ISO_OFFSET_DATE_TIME::format,
        OffsetDateTime::parse);
    add(ZonedDateTime.class, DateTimeFormatter.ISO_ZONED_DATE_TIME::format, ZonedDateTime::parse);
    add(MonthDay.class, String::valueOf, MonthDay::parse);
    add(Period.class, String::valueOf, Period::parse);
    add(Year.class, String::valueOf, text -> Year.of(Integer.parseInt(text)));
    add(
        YearMonth.class,
        DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT)::format,
        YearMonth::parse);
    add(ZoneId.class, ZoneId::getId, ZoneId::of);
    add(ZoneOffset.class, ZoneOffset::getId, ZoneOffset::of);
  }

  private KeyFormats() {}

  /**
   * The format of keys of a type, or, where they have no text of their own, that of their codec.
   *
   * @param codecOfKeys finds the codec; gives null where the application has none
   * @throws GroupCacheConfigurationException when there is none
   */
  static KeyFormat<?> of(
      String group, ResolvableType type, Supplier<@Nullable Codec<?>> codecOfKeys) {
    Class<?> keys = type.toClass();
    KeyFormat<?> known = FORMATS.get(keys);
    if (known != null) {
      return known;
    }
    if (keys.isEnum()) {
      return ofEnum(keys);
    }
    Codec<?> codec = codecOfKeys.get();
    if (codec == null) {
      throw new GroupCacheConfigurationException(
          "The type of the keys of the group '" + group + "'",
          type,
          "a key has to be text, there and back, and no text of this type is known",
          "Use a String, a number, a Boolean, a Character, a UUID, an enum or a type of java.time,"
              + " or declare a bean Codec<"
              + type
              + "> that writes UTF-8 text.",
          null);
    }
    return ofCodec(type, codec);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static KeyFormat<?> ofEnum(Class<?> type) {
    Class<? extends Enum> constants = type.asSubclass(Enum.class);
    return new SimpleKeyFormat<Enum>(
        type.getName(), Enum::name, name -> Enum.valueOf(constants, name));
  }

  private static <K> KeyFormat<K> ofCodec(ResolvableType type, Codec<K> codec) {
    return new SimpleKeyFormat<>(
        type.toString(),
        key -> {
          ByteView bytes = EncodedValue.of(codec, key).bytes();
          return StringCodec.strictText(bytes)
              .orElseThrow(() ->
                  new InvalidKeyException(
                      "A key has to be UTF-8 text, and the codec of "
                          + type
                          + " writes something else"));
        },
        text -> codec.decode(ByteView.of(text)));
  }

  private static <K> void add(
      Class<K> type, Function<K, String> writer, Function<String, K> reader) {
    FORMATS.put(type, new SimpleKeyFormat<>(type.getName(), writer, reader));
  }
}
