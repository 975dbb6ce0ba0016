// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.driver;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.ofp.cli.error.CliException;
import org.ofp.device.DeviceProvider;

/**
 * Jars of drivers that are no part of the SDK. They share one class loader below the SDK's, so that
 * a driver may be several jars. What is named itself must be there and be a jar; in a folder, a jar
 * that is damaged is left out and told of, and hides no other. So is any whose driver does not
 * link.
 */
public final class DriverPath {
  /** The environment variable that stands in for the option. */
  public static final String VARIABLE = "OFP_DRIVER_PATH";

  /** No further jars. */
  public static final DriverPath NONE = new DriverPath("");

  private static final String SERVICES = "META-INF/services/" + DeviceProvider.class.getName();

  private final String source;
  private final Map<Path, Entry> entries = new LinkedHashMap<>();

  /**
   * A jar, or a place where none is.
   *
   * @param path the file or folder
   * @param drivers classes that it offers as drivers; a jar that a driver needs offers none
   * @param problem why nothing is loaded from it, empty if something can be
   * @param fatal whether the problem is with something that was named itself
   */
  public record Entry(Path path, List<String> drivers, String problem, boolean fatal) {
    public Entry {
      drivers = List.copyOf(drivers);
    }
  }

  private DriverPath(String source) {
    this.source = source;
  }

  /** The path that options name, else the one that the environment names. */
  public static DriverPath of(List<String> options, Map<String, String> environment) {
    String variable = environment.getOrDefault(VARIABLE, "");
    if (options.isEmpty() && variable.isEmpty()) {
      return NONE;
    }
    DriverPath path = new DriverPath(options.isEmpty() ? VARIABLE : "--driver-path");
    for (String list : options.isEmpty() ? List.of(variable) : options) {
      for (String name : list.split(File.pathSeparator, -1)) {
        if (!name.isBlank()) {
          path.add(name);
        }
      }
    }
    return path;
  }

  /** What was left out, one line each; {@link #requireSound} throws for the rest. */
  public List<String> warnings() {
    return entries.values().stream()
        .filter(entry -> !entry.problem().isEmpty())
        .map(entry -> source + ": " + entry.path() + ": " + entry.problem())
        .toList();
  }

  /** All jars, in the order in which they are searched, and what is wrong. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /**
   * Checks that all that was named is there.
   *
   * @throws CliException if a file or folder is missing, or a file is no jar
   */
  public void requireSound() {
    for (Entry entry : entries.values()) {
      if (entry.fatal()) {
        throw CliException.failure(source + ": " + entry.path() + ": " + entry.problem());
      }
    }
  }

  /**
   * Lets the calling thread, and the threads it starts, find drivers in the jars. A jar whose
   * driver cannot be linked (made for a newer Java, say) is left out.
   */
  public void install() {
    Thread thread = Thread.currentThread();
    ClassLoader parent = thread.getContextClassLoader();
    while (true) {
      List<URL> jars = new ArrayList<>();
      for (Entry entry : entries.values()) {
        if (entry.problem().isEmpty()) {
          jars.add(url(entry.path()));
        }
      }
      if (jars.isEmpty()) {
        return;
      }
      // Never closed: devices that the end of the process closes may need further classes then.
      ClassLoader loader = new URLClassLoader("drivers", jars.toArray(URL[]::new), parent);
      if (!leaveOutUnlinkable(loader)) {
        thread.setContextClassLoader(loader);
        return;
      }
    }
  }

  /** ServiceLoader lets link errors through, which would hide all other drivers. */
  private boolean leaveOutUnlinkable(ClassLoader loader) {
    boolean found = false;
    for (Map.Entry<Path, Entry> place : entries.entrySet()) {
      Entry entry = place.getValue();
      for (String driver : entry.drivers()) {
        try {
          Class.forName(driver, false, loader);
        } catch (ClassNotFoundException e) {
          // ServiceLoader reports it, and goes on to the other drivers.
        } catch (LinkageError e) {
          place.setValue(
              new Entry(entry.path(), List.of(), "its driver does not load: " + e, false));
          found = true;
          break;
        }
      }
    }
    return found;
  }

  private void add(String name) {
    Path path;
    try {
      path = Path.of(name);
    } catch (InvalidPathException e) {
      throw CliException.usage(source + ": '" + name + "' is no path: " + e.getReason());
    }
    if (Files.isDirectory(path)) {
      addFolder(path);
    } else {
      put(jar(path, true));
    }
  }

  private void addFolder(Path folder) {
    List<Path> jars;
    try (Stream<Path> files = Files.list(folder)) {
      jars = files.filter(DriverPath::isCalledJar).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      put(new Entry(folder, List.of(), "the folder cannot be read (" + e.getMessage() + ")", true));
      return;
    }
    if (jars.isEmpty()) {
      put(new Entry(folder, List.of(), "the folder has no .jar file", false));
    }
    jars.forEach(jar -> put(jar(jar, false)));
  }

  private void put(Entry entry) {
    entries.putIfAbsent(entry.path().toAbsolutePath().normalize(), entry);
  }

  private static boolean isCalledJar(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar");
  }

  private static Entry jar(Path file, boolean named) {
    if (!Files.exists(file)) {
      return new Entry(file, List.of(), "no such file or folder", named);
    }
    if (!Files.isRegularFile(file)) {
      return new Entry(file, List.of(), "is neither a jar nor a folder of jars", named);
    }
    if (!Files.isReadable(file)) {
      return new Entry(file, List.of(), "permission denied", named);
    }
    try (JarFile jar = new JarFile(file.toFile())) {
      return new Entry(file, services(jar), "", false);
    } catch (IOException | UncheckedIOException | SecurityException e) {
      return new Entry(
          file, List.of(), "is not a jar, or a damaged one (" + e.getMessage() + ")", named);
    }
  }

  /** The classes that the jar names as drivers. */
  private static List<String> services(JarFile jar) throws IOException {
    ZipEntry services = jar.getEntry(SERVICES);
    if (services == null) {
      return List.of();
    }
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(jar.getInputStream(services), StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
