package io.groupcache.spring;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A certificate authority for a test, made with the JDK's keytool, and the peers it vouches for.
 */
public final class Certificates {

  private static final String PASSWORD = "changeit";
  private static final String AUTHORITY = "authority";

  private final Path directory;
  private final Path all;

  /** Makes an authority that keeps its files in {@code directory}. */
  public Certificates(Path directory) throws IOException, InterruptedException {
    this.directory = Files.createDirectories(directory);
    this.all = directory.resolve("all.p12");
    keytool("-alias", AUTHORITY, "-dname", "CN=" + directory.getFileName(), "-ext", "bc:c");
  }

  /**
   * Makes the authority vouch for a peer of this machine, and lays that peer's key into the file of
   * that name, in one step: whoever reads it finds the old key or the new one.
   */
  public Path issue(String file, String commonName)
      throws IOException, InterruptedException, GeneralSecurityException {
    keytool(
        "-alias",
        commonName,
        "-dname",
        "CN=" + commonName,
        "-signer",
        AUTHORITY,
        "-ext",
        "san=ip:127.0.0.1,dns:localhost");
    KeyStore from = load();
    KeyStore to = empty();
    char[] password = PASSWORD.toCharArray();
    to.setKeyEntry(
        "peer", from.getKey(commonName, password), password, from.getCertificateChain(commonName));
    return store(to, file);
  }

  /** The file that holds the authority's certificate, and no key. */
  public Path authority() throws IOException, GeneralSecurityException {
    KeyStore trusted = empty();
    trusted.setCertificateEntry(AUTHORITY, load().getCertificate(AUTHORITY));
    return store(trusted, "authority.p12");
  }

  /** The properties of an SSL bundle that trusts this authority, without a key of its own. */
  public List<String> trustingBundle(String name) throws IOException, GeneralSecurityException {
    String prefix = "spring.ssl.bundle.jks." + name + ".";
    return List.of(
        prefix + "truststore.location=file:" + authority(),
        prefix + "truststore.type=PKCS12",
        prefix + "truststore.password=" + PASSWORD);
  }

  /** The properties of an SSL bundle that trusts this authority, with the key in that file. */
  public List<String> bundle(String name, Path key) throws IOException, GeneralSecurityException {
    String prefix = "spring.ssl.bundle.jks." + name + ".";
    List<String> properties = new ArrayList<>(trustingBundle(name));
    properties.addAll(
        List.of(
            prefix + "keystore.location=file:" + key,
            prefix + "keystore.type=PKCS12",
            prefix + "keystore.password=" + PASSWORD));
    return properties;
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(all)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      return keys;
    }
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    return keys;
  }

  private Path store(KeyStore keys, String file) throws IOException, GeneralSecurityException {
    Path written = directory.resolve(file + ".new");
    try (OutputStream out = Files.newOutputStream(written)) {
      keys.store(out, PASSWORD.toCharArray());
    }
    return Files.move(
        written,
        directory.resolve(file),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-validity", "30"));
    command.addAll(List.of("-keystore", all.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-J-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(arguments));
    Path output = directory.resolve("keytool.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("keytool: " + Files.readString(output));
    }
  }
}
