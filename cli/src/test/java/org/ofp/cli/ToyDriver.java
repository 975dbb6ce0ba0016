// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.ofp.device.DeviceProvider;

/** A driver that this build does not know: compiled now against the device interface alone. */
final class ToyDriver {
  static final String PROVIDER = "com.example.toy.ToyProvider";
  static final String SERVICES = "META-INF/services/org.ofp.device.DeviceProvider";

  private ToyDriver() {}

  /** A jar whose driver opens {@code toy:} and keeps the contract. */
  static Path right(Path jar) throws IOException {
    return pack(jar, compile("toy", "-"));
  }

  /** A jar whose driver opens {@code awry:} and turns the transform's phase the wrong way. */
  static Path wrong(Path jar) throws IOException {
    return pack(jar, compile("awry", ""));
  }

  /** The files of a jar of the driver, by name. */
  static Map<String, byte[]> compile(String scheme, String sign) throws IOException {
    // The package differs too: within one class loader a class name stands for one class.
    String place = "com.example." + scheme;
    Path folder = Files.createTempDirectory("toy-driver");
    try {
      List<String> arguments =
          new ArrayList<>(List.of("-proc:none", "-d", folder.toString(), "-cp", deviceApi()));
      for (String name : List.of("ToyProvider.java", "ToyDevice.java")) {
        try (InputStream in = ToyDriver.class.getResourceAsStream("/toy-driver/" + name)) {
          String text =
              new String(in.readAllBytes(), StandardCharsets.UTF_8)
                  .replace("SCHEME", scheme)
                  .replace("SIGN ", sign)
                  .replace("com.example.toy", place);
          arguments.add(Files.writeString(folder.resolve(name), text).toString());
        }
      }
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      int status = compiler.run(null, null, null, arguments.toArray(String[]::new));
      assertTrue(status == 0, "the driver does not compile");
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (String name : List.of("ToyProvider", "ToyDevice")) {
        String file = place.replace('.', '/') + "/" + name + ".class";
        files.put(file, Files.readAllBytes(folder.resolve(file)));
      }
      files.put(SERVICES, (place + ".ToyProvider # the driver\n").getBytes(StandardCharsets.UTF_8));
      return files;
    } finally {
      delete(folder);
    }
  }

  static Path pack(Path jar, Map<String, byte[]> files) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new JarEntry(file.getKey()));
        out.write(file.getValue());
      }
    }
    return jar;
  }

  private static String deviceApi() {
    try {
      return Path.of(
              DeviceProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
