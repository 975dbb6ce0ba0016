// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.DeviceUri;
import org.ofp.device.Devices;
import org.ofp.device.OptionSpec;

class InfoCommandTest extends CommandTestFolder {
  @Test
  void textShowsEveryOptionInTheDriversOrder() {
    String out = succeed("info", "sim:demonstrator").out();
    int at = out.indexOf("Options:");
    for (OptionSpec option : Devices.options(DeviceUri.parse("sim:demonstrator"))) {
      int next = out.indexOf("\n  " + option.name() + " ", at);
      assertTrue(next > 0, option.name());
      String line = out.substring(next + 1, out.indexOf('\n', next + 1));
      assertTrue(line.contains(option.range()) && line.endsWith(option.meaning()), line);
      at = next;
    }
    for (String part :
        List.of("four-step, 12 bits", "512×512 pixels, and any smaller", "wavelength", "in use")) {
      assertTrue(out.contains(part), part);
    }
  }

  @Test
  void jsonNamesEverything() throws IOException {
    JsonNode info = json(succeed("info", "--json", "sim:demonstrator?seed=7", "-o", "adc.bits=10"));
    assertEquals("sim:demonstrator?seed=7&adc.bits=10", info.get("address").asText());
    assertEquals(512, info.get("capabilities").get("rows").asInt());
    assertEquals("four-step", info.get("capabilities").get("readout").asText());
    assertEquals(10, info.get("capabilities").get("adcBits").asInt());
    assertTrue(info.get("calibration").get("fullScale").asDouble() > 0);
    List<String> names = new ArrayList<>();
    for (JsonNode option : info.get("options")) {
      names.add(option.get("name").asText());
      for (String key : List.of("type", "unit", "range", "min", "max", "value", "meaning")) {
        assertTrue(option.has(key), option + " " + key);
      }
      if (option.get("name").asText().equals("adc.bits")) {
        assertEquals("12", option.get("defaultValue").asText());
        assertEquals("10", option.get("value").asText());
        assertEquals("integer", option.get("type").asText());
        assertTrue(option.get("off").asBoolean());
      }
    }
    assertEquals(
        Devices.options(DeviceUri.parse("sim:ideal")).stream().map(OptionSpec::name).toList(),
        names);
    Set<String> inUse = new HashSet<>();
    for (JsonNode kernel : info.get("kernels")) {
      if (kernel.get("inUse").asBoolean()) {
        String kind = kernel.get("kind").asText();
        // Where there is a GPU it shares the pointwise products with an engine of the host.
        assertTrue(inUse.add(kind) || kind.equals("pointwise"), kind);
      }
    }
    assertEquals(Set.of("fft", "product", "pointwise"), inUse);
    assertTrue(info.get("parameters").size() > 10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ideal | looks like sim:ideal",
        "sim:idael | did you mean 'ideal'",
        "smi:ideal | there are drivers for",
        "sim:ideal?adc.bit=4 | did you mean 'adc.bits'",
        "sim:ideal?adc.bits=99 | it takes whole numbers from 2 to 24",
        "sim:ideal?seed=1&seed=2 | given twice",
        "sim:ideal@sim:ideal | wraps no other",
        "none | looks like sim:ideal",
      })
  void wrongAddressesAreWrongUsage(String uri, String message) throws IOException {
    fail(2, message, "info", uri);
  }

  @Test
  void wrongOptionsAreWrongUsage() throws IOException {
    fail(2, "-o 'seed' is not KEY=VALUE", "info", "sim:ideal", "-o", "seed");
    fail(2, "'seed' is given twice", "info", "sim:ideal?seed=1", "-o", "seed=2");
    fail(2, "missing required parameter", "info");
  }

  @Test
  void benchFilesWithFaultsAreBadData() throws IOException {
    fail(1, "does not exist", "info", "sim:file=" + path("none.yaml"));
    write("bad.yaml", new byte[] {'x'});
    fail(1, "bad.yaml", "info", "sim:file=" + path("bad.yaml"));
  }
}
