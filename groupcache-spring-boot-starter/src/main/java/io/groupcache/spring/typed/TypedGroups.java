package io.groupcache.spring.typed;

import io.groupcache.Group;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Reads any group typed: one whose bean is a plain {@link io.groupcache.Getter}, or that was made
 * in code. A bean of this type is there for injection. What it makes is cheap, and may be kept.
 *
 * <p>Such a typed group has no {@link Loader}: a value that can't be read is a {@link
 * io.groupcache.GroupCacheException}. All methods throw a {@link
 * io.groupcache.spring.diagnostics.GroupCacheConfigurationException} when keys of that type have no
 * text, or values of that type can't be written, and there is no {@link Codec} for them.
 */
public interface TypedGroups {

  /**
   * A group with keys and values of these types.
   *
   * @param values a type without parameters of its own
   */
  <K, V> TypedGroup<K, V> of(Group group, Class<K> keys, Class<V> values);

  /** A group with keys of a type, and with values such as {@code List<Point>}. */
  <K, V> TypedGroup<K, V> of(Group group, Class<K> keys, ParameterizedTypeReference<V> values);

  /**
   * The group of a name: as {@link #of(Group, Class, Class)}.
   *
   * @throws io.groupcache.NoSuchGroupException when there is none
   */
  <K, V> TypedGroup<K, V> of(String group, Class<K> keys, Class<V> values);

  /**
   * The group of a name: as {@link #of(Group, Class, ParameterizedTypeReference)}.
   *
   * @throws io.groupcache.NoSuchGroupException when there is none
   */
  <K, V> TypedGroup<K, V> of(String group, Class<K> keys, ParameterizedTypeReference<V> values);
}
