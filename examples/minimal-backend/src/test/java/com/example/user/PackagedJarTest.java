// SPDX-License-Identifier: Apache-2.0
package com.example.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.bench.BenchProvider;
import java.io.File;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.ofp.device.ComplexField;
import org.ofp.device.Devices;
import org.ofp.device.FourierTransformer;
import org.ofp.device.OpticalFourierDevice;

/** Runs after packaging, with the jar on the class path in place of the classes. */
class PackagedJarTest {
  private static File jar() throws Exception {
    return new File(
        BenchProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void theDriverIsFoundInItsJar() throws Exception {
    assertTrue(jar().getName().endsWith(".jar"), jar().toString());
    for (String readout : new String[] {"coherent", "four-step"}) {
      try (OpticalFourierDevice device = Devices.open("minimal:bench1?readout=" + readout)) {
        ComplexField point = ComplexField.zeros(8, 12);
        point.values()[2 * (3 * 12 + 5)] = 1;
        ComplexField spectrum = new FourierTransformer(device).forward(point);
        // exp(−2πi·(3·2/8 + 5·1/12))/√96 at frequency [2,1], within a few counts of 12 bits.
        double angle = -2 * Math.PI * (6 / 8.0 + 5 / 12.0);
        assertEquals(Math.cos(angle) / Math.sqrt(96), spectrum.re(2, 1), 2e-3);
        assertEquals(Math.sin(angle) / Math.sqrt(96), spectrum.im(2, 1), 2e-3);
      }
    }
  }

  @Test
  void theJarIsAModuleWithAVersion() throws Exception {
    try (JarFile file = new JarFile(jar())) {
      assertEquals(
          "com.example.bench",
          file.getManifest().getMainAttributes().getValue("Automatic-Module-Name"));
    }
    try (OpticalFourierDevice device = Devices.open("minimal:bench1")) {
      String driver = device.description().driver();
      assertTrue(driver.matches("minimal [0-9].*"), driver);
    }
  }
}
