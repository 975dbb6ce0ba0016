// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorCommandTest extends CommandTestFolder {
  @Test
  void textShowsEverySection() {
    String out = succeed("doctor").out();
    for (String part :
        List.of(
            "Java  ",
            "processor",
            "Java heap up to",
            "Library cache",
            "\nDrivers\n",
            "sim:ideal",
            "\nNative libraries\n",
            "libtorch",
            "\nCUDA\n",
            "cuFFT (jcufft)",
            "\nEngines of this computer\n",
            "jtransforms",
            "Devices can be opened here")) {
      assertTrue(out.contains(part), part + " is not in " + out);
    }
    assertFalse(out.contains("Driver path"), out);
  }

  @Test
  void jsonNamesEverything() throws IOException {
    JsonNode checkup = json(succeed("doctor", "--json"));
    assertTrue(checkup.get("usable").asBoolean());
    assertEquals(System.getProperty("java.version"), checkup.get("platform").get("java").asText());
    assertTrue(checkup.get("platform").get("processors").asInt() > 0);
    assertTrue(checkup.get("platform").get("memory").asLong() > 0);
    assertTrue(checkup.get("kernels").size() > 0);
    assertTrue(checkup.get("cache").get("writable").asBoolean());
    assertTrue(checkup.get("cache").get("freeBytes").asLong() > 0);
    JsonNode cuda = checkup.get("cuda");
    // A reason if and only if there is no GPU, and one for every library that does not load.
    assertEquals(cuda.get("usable").asBoolean(), cuda.get("reason").asText().isEmpty());
    assertEquals(4, cuda.get("libraries").size());
    for (JsonNode library : cuda.get("libraries")) {
      assertEquals(library.get("loads").asBoolean(), library.get("reason").asText().isEmpty());
      assertFalse(library.get("reason").asText().contains("initialize class"));
    }
    JsonNode libtorch = checkup.get("libraries").get(0);
    assertEquals("libtorch", libtorch.get("name").asText());
    assertTrue(libtorch.get("loads").asBoolean(), libtorch.toString());
  }

  @Test
  void whatIsWrongOnTheDriverPathIsToldAndIsNoEnd() throws IOException {
    Files.write(folder.resolve("bad.jar"), new byte[100]);
    ToyDriver.right(folder.resolve("toy.jar"));
    String path = folder + File.pathSeparator + path("none.jar");
    OfpRun run = succeed("doctor", "--driver-path", path);
    assertEquals("", run.err());
    assertTrue(run.out().contains("2 problems:"), run.out());
    assertTrue(run.out().contains("bad.jar: is not a jar, or a damaged one"), run.out());
    assertTrue(run.out().contains("none.jar: no such file or folder"), run.out());
    assertTrue(run.out().contains(ToyDriver.PROVIDER), run.out());
    JsonNode checkup = json(succeed("doctor", "--json", "--driver-path", path));
    assertEquals(3, checkup.get("driverPath").size());
    assertEquals(2, checkup.get("problems").size());
  }
}
