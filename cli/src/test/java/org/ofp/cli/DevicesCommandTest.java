// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevicesCommandTest extends CommandTestFolder {
  @Test
  void listsDriversAndWhatTheyOpen() {
    List<String> lines = succeed("devices").out().lines().toList();
    assertTrue(lines.get(0).startsWith("DRIVER  USABLE  "), lines.get(0));
    assertTrue(
        lines.stream()
            .anyMatch(line -> line.matches("sim +yes .*sim:ideal sim:demonstrator.* FFT by .*")),
        lines.toString());
  }

  @Test
  void jsonSaysTheSame() throws IOException {
    JsonNode drivers = json(succeed("devices", "--json")).get("drivers");
    JsonNode sim = null;
    for (JsonNode driver : drivers) {
      sim = driver.get("scheme").asText().equals("sim") ? driver : sim;
    }
    assertTrue(sim.get("usable").asBoolean());
    assertEquals("sim:ideal", sim.get("devices").get(0).asText());
    assertTrue(sim.get("reason").asText().startsWith("FFT by "));
    assertTrue(sim.has("summary"));
  }
}
