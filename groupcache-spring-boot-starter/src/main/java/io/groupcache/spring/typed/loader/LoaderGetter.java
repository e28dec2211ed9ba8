package io.groupcache.spring.typed.loader;

import io.groupcache.GetContext;
import io.groupcache.Getter;
import io.groupcache.KeyNotFoundException;
import io.groupcache.Sink;
import io.groupcache.spring.typed.Loader;
import io.groupcache.spring.typed.codec.Conversion;
import org.jspecify.annotations.Nullable;

/** Loads with a loader what peers know as text and bytes. */
final class LoaderGetter<K, V> implements Getter {

  private final Loader<K, V> loader;
  private final Conversion<K, V> conversion;

  LoaderGetter(Loader<K, V> loader, Conversion<K, V> conversion) {
    this.loader = loader;
    this.conversion = conversion;
  }

  @Override
  public void get(GetContext context, String key, Sink dest) throws Exception {
    @Nullable V value = loader.load(conversion.keys().read(key));
    if (value == null) {
      throw new KeyNotFoundException(key);
    }
    conversion.encode(value).writeTo(dest);
  }
}
