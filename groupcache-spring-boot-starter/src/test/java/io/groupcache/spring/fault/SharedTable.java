package io.groupcache.spring.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all tests one table of a type; with the last test it is printed, and written to a file. */
abstract class SharedTable<T extends SharedTable.Table> implements ParameterResolver {

  private final Class<T> type;
  private final Supplier<T> empty;

  SharedTable(Class<T> type, Supplier<T> empty) {
    this.type = type;
    this.empty = empty;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == type;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(type))
        .computeIfAbsent(type, any -> empty.get(), type);
  }

  /** The rows so far, in {@code target/}. */
  abstract static class Table implements AutoCloseable {

    private final Path file;

    Table(String file) {
      this.file = Path.of("target", file);
    }

    /** All that there is, in Markdown. */
    abstract String text();

    @Override
    public void close() throws IOException {
      String text = text();
      Files.writeString(file, text);
      System.out.println(text);
    }
  }
}
