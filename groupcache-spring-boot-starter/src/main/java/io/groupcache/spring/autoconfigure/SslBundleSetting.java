package io.groupcache.spring.autoconfigure;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/** A setting that names an SSL bundle of the application's. */
final class SslBundleSetting {

  private SslBundleSetting() {}

  /** What {@code use} makes of the bundle that {@code property} names; null when it names none. */
  static <T> @Nullable T apply(
      String property,
      @Nullable String bundle,
      ObjectProvider<SslBundles> bundles,
      BiFunction<SslBundles, String, T> use) {
    if (bundle == null) {
      return null;
    }
    SslBundles known = bundles.getIfAvailable();
    if (known == null) {
      throw unknown(property, bundle, null);
    }
    try {
      return use.apply(known, bundle);
    } catch (NoSuchSslBundleException e) {
      throw unknown(property, bundle, e);
    }
  }

  private static GroupCacheConfigurationException unknown(
      String property, String bundle, @Nullable Throwable cause) {
    return new GroupCacheConfigurationException(
        property,
        bundle,
        "the application has no SSL bundle of that name",
        "Write the name of one that is under spring.ssl.bundle.jks or spring.ssl.bundle.pem.",
        cause);
  }
}
