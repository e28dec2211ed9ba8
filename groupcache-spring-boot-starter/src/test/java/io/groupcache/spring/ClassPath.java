package io.groupcache.spring;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The class path of the tests, and others that are made of it. Immutable. */
public final class ClassPath {

  private final List<String> entries;

  private ClassPath(List<String> entries) {
    this.entries = List.copyOf(entries);
  }

  /** That of the tests. */
  public static ClassPath ofTests() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ClassPath(List.of(all.split(File.pathSeparator)));
  }

  /** This one with a directory before all else. */
  public ClassPath withFirst(Path directory) {
    return new ClassPath(Stream.concat(Stream.of(directory.toString()), entries.stream()).toList());
  }

  /** This one without the jars whose file names begin so. */
  public ClassPath without(String... jars) {
    Predicate<String> goes =
        entry -> Stream.of(jars).anyMatch(Path.of(entry).getFileName().toString()::startsWith);
    return new ClassPath(entries.stream().filter(goes.negate()).toList());
  }

  /**
   * Makes a {@code work}, which has no parameters, of classes that are loaded anew, and runs it.
   */
  public void run(Class<? extends Runnable> work) throws IOException, ReflectiveOperationException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(loader);
      var constructor = loader.loadClass(work.getName()).getDeclaredConstructor();
      constructor.setAccessible(true);
      ((Runnable) constructor.newInstance()).run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public String toString() {
    return String.join(File.pathSeparator, entries);
  }

  private URL[] urls() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : entries) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
