// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That figures are there and possible; how large they are depends on the machine. */
class BenchCommandTest extends CommandTestFolder {
  @ParameterizedTest
  @ValueSource(strings = {"sim:ideal", "sim:demonstrator"})
  void jsonHoldsTheFigures(String uri) throws IOException {
    JsonNode figures =
        json(succeed("bench", uri, "--size", "16", "--batch", "3", "--seconds", "0.05", "--json"));
    assertEquals(uri, figures.get("device").asText());
    assertEquals(16, figures.get("rows").asInt());
    assertEquals(16, figures.get("cols").asInt());
    assertEquals(3, figures.get("batch").asInt());
    for (String name :
        List.of(
            "threads",
            "transformsPerSecond",
            "latencyP50",
            "latencyRuns",
            "rawFftSeconds",
            "timesRawFft",
            "deviceSecondsPerTransform",
            "bytesPerTransform",
            "batchRuns",
            "warmUpSeconds")) {
      assertTrue(figures.get(name).asDouble() > 0, () -> name + " in " + figures);
    }
    assertTrue(figures.get("latencyP99").asDouble() >= figures.get("latencyP50").asDouble());
    double product =
        figures.get("secondsPerTransform").asDouble()
            * figures.get("transformsPerSecond").asDouble();
    assertEquals(1, product, 1e-9);
    assertEquals(1, figures.get("framesPerTransform").asDouble());
    assertTrue(figures.get("readsPerTransform").asDouble() >= 1);
    assertTrue(figures.get("stages").get("encode").asDouble() > 0);
    assertTrue(figures.get("stages").get("reconstruct").asDouble() > 0);
    assertTrue(figures.get("stages").size() > 2);
  }

  @Test
  void defaultsFitTheDevice() throws IOException {
    String uri = "sim:ideal?rows=24&cols=32";
    JsonNode figures = json(succeed("bench", uri, "--seconds", "0.05", "--json"));
    assertEquals(24, figures.get("rows").asInt());
    assertEquals(24, figures.get("cols").asInt());
    // Tasks of so many fields that each holds about 2^14 pixels, four per processor.
    int processors = Runtime.getRuntime().availableProcessors();
    assertEquals(4 * processors * (16384 / (24 * 24)), figures.get("batch").asInt());
  }

  @Test
  void textShowsFiguresAndStages() {
    String out = succeed("bench", "sim:ideal", "--size", "16", "--seconds", "0.05").out();
    for (String part :
        List.of(
            "sim:ideal: forward transforms of 16x16",
            "transforms/s",
            "99th percentile",
            "allocation",
            "reads",
            "summed over threads",
            "encode",
            "reconstruct")) {
      assertTrue(out.contains(part), part + " is not in " + out);
    }
  }

  @ParameterizedTest
  @CsvSource({"3, optical", "1, pointwise"})
  void convolutionsAreMeasuredBothWays(int kernel, String route) throws IOException {
    String size = "4,6," + kernel + ",20";
    String[] args = {"bench", "sim:ideal", "--conv", size, "--seconds", "0.05"};
    JsonNode figures = json(succeed(append(args, "--json")));
    assertEquals(route, figures.get("route").asText());
    assertEquals(6, figures.get("outChannels").asInt());
    for (String name : List.of("opticalSeconds", "electronicSeconds", "runs")) {
      assertTrue(figures.get(name).asDouble() > 0, () -> name + " in " + figures);
    }
    assertEquals(route.equals("optical"), figures.get("framesPerRun").asDouble() > 0);
    String out = succeed(args).out();
    assertTrue(out.contains(route) && out.contains("times as long as libtorch"), out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--size=0 | --size 0 must be at least 1",
        "--size=100000 | --size 100000: a frame of 100000×100000 pixels is not possible",
        "--batch=-1 | --batch -1 must be at least 1",
        "--batch=2000000 | a batch of 2000000 fields of 512×512 is too large",
        "--seconds=0 | --seconds 0.0 must be above 0 and up to 600",
        "--seconds=NaN | must be above 0",
        "--conv=1,2,3 | is not four whole numbers CIN,COUT,K,SIZE",
        "--conv=1,2,0,4 | is not four whole numbers CIN,COUT,K,SIZE of at least 1",
        "--conv=1,2,x,4 | is not four whole numbers",
        "--conv=1,2,5,4 | K must be at most SIZE",
        "--conv=1024,2,5,4096 | is too large",
        "--conv=1,2,3,4 --size=4 | leave out --size and --batch",
        "--conv=1,2,3,4 --batch=4 | leave out --size and --batch",
      })
  void wrongOptionsAreWrongUsage(String options, String message) throws IOException {
    fail(2, message, append(new String[] {"bench", "sim:ideal"}, options.split(" ")));
  }

  @Test
  void whatADeviceCannotDoIsAFailure() throws IOException {
    fail(2, "looks like sim:ideal", "bench", "none");
    fail(1, "intensity only", "bench", "sim:demonstrator?readout=intensity");
    fail(1, "13×13", "bench", "sim:ideal?rows=8&cols=8", "--size", "13"); // a prime
  }

  private static String[] append(String[] args, String... more) {
    String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }
}
