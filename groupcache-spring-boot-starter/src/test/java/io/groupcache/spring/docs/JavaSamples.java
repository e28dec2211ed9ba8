package io.groupcache.spring.docs;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the {@code java} blocks of a page, all together, with the class path of the tests. What
 * a block is, its first line of code says: the first one that is neither empty, nor a comment, nor
 * an annotation.
 *
 * <ul>
 *   <li>A {@code package} or an {@code import}: a file, which is compiled as it is.
 *   <li>A class, a record, an interface or an enum: types, which are compiled as a file with the
 *       imports of {@code imports.txt}.
 *   <li>A method: members, which are put into a class that extends {@code Context}.
 *   <li>Anything else: statements, which are put into a method of such a class. It may throw
 *       anything.
 * </ul>
 *
 * <p>{@code Context.java}, beside {@code imports.txt} among the test resources, declares what
 * samples may use without saying where it comes from: fields for fragments, such as {@code tiles},
 * and types of an application for all, such as {@code TileRenderer}. If a page declares a type of
 * such a name, its own is used.
 */
final class JavaSamples {

  private static final Pattern FILE = Pattern.compile("(package|import) ");
  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^(?:(?:public|final|abstract|sealed) )*(?:class|record|interface|enum) (\\w+)");
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile("(?m)^public (?:final |abstract )?(?:class|record|interface|enum) (\\w+)");
  private static final Pattern FIRST_WORDS =
      Pattern.compile("(?:\\s|//.*\n|@\\w+(?:\\(.*\\))?\\s)*");
  private static final Pattern MEMBER = Pattern.compile("[\\w<>\\[\\], .]+ \\w+\\([^;]*\\{.*");

  private final String imports;
  private final String context;

  JavaSamples() {
    imports = Resources.text("imports.txt").replace("\n", "");
    context = Resources.text("Context.java");
  }

  /** What the compiler says of the samples of that page: nothing where all is well. */
  List<String> problems(Page page, Path classes) {
    List<CodeBlock> blocks = page.blocks("java");
    if (blocks.isEmpty()) {
      return List.of();
    }
    List<Source> sources = new ArrayList<>();
    Set<String> declared = new HashSet<>();
    for (CodeBlock block : blocks) {
      sources.add(source(block));
      if (isFile(block) || declaresTypes(block)) {
        TYPE.matcher(block.text()).results().forEach(type -> declared.add(type.group(1)));
      }
    }
    sources.add(new Source("Context", imports + contextWithout(declared), null));
    return compile(sources, classes);
  }

  private Source source(CodeBlock block) {
    // Whatever is put before a sample is on the first line, and as many empty lines follow as make
    // the numbers of the lines those of the page.
    String lines = "\n".repeat(block.line() - 1);
    String name = "Sample" + block.line();
    if (isFile(block)) {
      return new Source(publicType(block, name), lines + block.text(), block);
    }
    if (declaresTypes(block)) {
      return new Source(publicType(block, name), imports + lines + block.text(), block);
    }
    String start = imports + " abstract class " + name + " extends Context { ";
    return declaresMembers(block)
        ? new Source(name, start + lines + block.text() + "}", block)
        : new Source(
            name, start + "void run() throws Exception { " + lines + block.text() + "} }", block);
  }

  private static boolean isFile(CodeBlock block) {
    return FILE.matcher(code(block)).lookingAt();
  }

  private static boolean declaresTypes(CodeBlock block) {
    return TYPE.matcher(code(block)).lookingAt();
  }

  private static boolean declaresMembers(CodeBlock block) {
    return MEMBER.matcher(code(block).lines().findFirst().orElse("")).matches();
  }

  /** The text from the first line on that is neither empty, nor a comment, nor an annotation. */
  private static String code(CodeBlock block) {
    Matcher start = FIRST_WORDS.matcher(block.text());
    return start.lookingAt() ? block.text().substring(start.end()) : block.text();
  }

  private static String publicType(CodeBlock block, String otherwise) {
    Matcher type = PUBLIC_TYPE.matcher(block.text());
    return type.find() ? type.group(1) : otherwise;
  }

  /** The context's types are separated by empty lines. */
  private String contextWithout(Set<String> declared) {
    StringBuilder kept = new StringBuilder();
    for (String part : context.split("\n\n", -1)) {
      Matcher type = TYPE.matcher(part);
      if (!type.find() || !declared.contains(type.group(1))) {
        kept.append(part).append("\n\n");
      }
    }
    return kept.toString();
  }

  private static List<String> compile(List<Source> sources, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "--release",
            "17",
            "-proc:none",
            "-parameters",
            "-Xlint:deprecation,removal,unchecked",
            "-d",
            classes.toString(),
            "-classpath",
            System.getProperty("java.class.path"));
    compiler.getTask(null, null, diagnostics, options, null, sources).call();
    return diagnostics.getDiagnostics().stream().flatMap(JavaSamples::problem).toList();
  }

  private static Stream<String> problem(Diagnostic<? extends JavaFileObject> found) {
    String message = found.getMessage(Locale.ROOT);
    if (found.getSource() instanceof Source source) {
      return Stream.of(
          source.block == null
              ? source.getName() + ":" + found.getLineNumber() + ": " + message
              : source.block.problem(found.getLineNumber(), message));
    }
    // Such as a class on the class path whose annotations are not.
    return found.getKind() == Diagnostic.Kind.ERROR ? Stream.of(message) : Stream.empty();
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;
    private final @Nullable CodeBlock block;

    Source(String name, String text, @Nullable CodeBlock block) {
      super(URI.create("string:///" + name + Kind.SOURCE.extension), Kind.SOURCE);
      this.text = text;
      this.block = block;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
