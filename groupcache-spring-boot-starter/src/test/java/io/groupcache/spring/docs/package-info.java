/**
 * The documentation, checked: Java samples compile, YAML samples bind, links lead somewhere, and no
 * property is left out. {@link io.groupcache.spring.docs.JavaSamples} says how samples are written.
 */
@NullMarked
package io.groupcache.spring.docs;

import org.jspecify.annotations.NullMarked;
