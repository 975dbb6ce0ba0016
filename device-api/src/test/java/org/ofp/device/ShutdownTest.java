// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that ends without closing its device, in a virtual machine of its own. */
class ShutdownTest {
  private static OpticalFourierDevice open;

  /** Opens two devices, closes the second, and leaves. */
  static final class Forgetful {
    public static void main(String[] arguments) {
      open = TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP);
      LeakWatch.device(open, "fake:open", () -> System.out.println("open is safe"));
      OpticalFourierDevice other = TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP);
      LeakWatch.device(other, "fake:closed", () -> System.out.println("closed again")).closed();
      System.exit(3);
    }
  }

  @Test
  void whatIsStillOpenIsMadeSafeWithoutAReport(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Forgetful.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the program ends");
    assertEquals("open is safe", Files.readString(output, StandardCharsets.UTF_8).strip());
    assertEquals(3, process.exitValue());
  }
}
