package io.groupcache.benchmarks.visibility;

/** Values that one instance of an application changes, and another reads from its own memory. */
public interface SharedValues extends AutoCloseable {

  /** Changes a value through the first instance, as an application does after its commit. */
  void change(String key, String value);

  /** Reads a value through the second instance. */
  String read(String key);

  @Override
  void close();
}
