package io.groupcache.spring.autoconfigure;

import io.groupcache.spring.diagnostics.GroupCacheConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;

/** A setting that names an SSL bundle of the application's. */
final class SslBundleSetting {

  private SslBundleSetting() {}

  /** The bundles, among which is the one that {@code property} names; null when it names none. */
  static @Nullable SslBundles bundlesWith(
      String property, @Nullable String bundle, ObjectProvider<SslBundles> bundles) {
    if (bundle == null) {
      return null;
    }
    SslBundles known = bundles.getIfAvailable();
    if (known == null) {
      throw unknown(property, bundle, null);
    }
    try {
      known.getBundle(bundle);
    } catch (NoSuchSslBundleException e) {
      throw unknown(property, bundle, e);
    }
    return known;
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
