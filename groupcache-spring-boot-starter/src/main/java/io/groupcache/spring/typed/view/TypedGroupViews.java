package io.groupcache.spring.typed.view;

import io.groupcache.Group;
import io.groupcache.spring.typed.TypedGroup;
import io.groupcache.spring.typed.TypedGroups;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

/** Typed groups of any types, for applications. */
public final class TypedGroupViews implements TypedGroups {

  private final GroupViews views;

  /** Offers what {@code views} makes. */
  public TypedGroupViews(GroupViews views) {
    this.views = views;
  }

  @Override
  public <K, V> TypedGroup<K, V> of(Group group, Class<K> keys, Class<V> values) {
    return views.of(group, ResolvableType.forClass(keys), ResolvableType.forClass(values));
  }

  @Override
  public <K, V> TypedGroup<K, V> of(
      Group group, Class<K> keys, ParameterizedTypeReference<V> values) {
    return views.of(group, ResolvableType.forClass(keys), ResolvableType.forType(values));
  }

  @Override
  public <K, V> TypedGroup<K, V> of(String group, Class<K> keys, Class<V> values) {
    return of(views.group(group), keys, values);
  }

  @Override
  public <K, V> TypedGroup<K, V> of(
      String group, Class<K> keys, ParameterizedTypeReference<V> values) {
    return of(views.group(group), keys, values);
  }
}
