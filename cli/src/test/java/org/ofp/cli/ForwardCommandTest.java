// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.cli.io.NpyArray;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.models.Weights;
import org.ofp.models.image.LogitsComparison;
import org.ofp.models.io.ElementType;
import org.ofp.optconv.torch.OpticalContext;

class ForwardCommandTest extends CommandTestFolder {
  private static final String MODEL = "unet-efficientnet-b0";
  private static final int SIDE = 32;

  @Test
  void theIdealDeviceGivesTheElectronicLogits() throws IOException {
    String x = images(2);
    String w = weights("w.safetensors", 5);
    String electronic =
        succeed("forward", "--weights", w, "--device", "none", x, path("e.npy")).out();
    assertTrue(electronic.contains("<f4 [2, 5, 32, 32]"), electronic);
    succeed("forward", "--weights", w, "--device", "sim:ideal", x, path("d.npy"));
    assertEquals(5, read("d.npy").dimension(1), "classes of the weights");
    LogitsComparison comparison =
        LogitsComparison.of(read("e.npy").values(), read("d.npy").values(), 1);
    // Rounding, which untrained layers amplify.
    assertTrue(comparison.snrDb() > 70, comparison.toString());
  }

  @Test
  void resultsDoNotDependOnTheBatch() throws IOException {
    String x = images(2);
    int one = 3 * SIDE * SIDE;
    String first =
        write(
            "first.npy",
            NpyArray.real(Arrays.copyOf(read("x.npy").values(), one), 1, 3, SIDE, SIDE));
    succeed("forward", "--device", "sim:demonstrator", x, path("both.npy"));
    OfpRun run = succeed("forward", "--device", "sim:demonstrator", first, path("one.npy"));
    assertTrue(run.err().startsWith("shipped weights"), run.err());
    float[] logits = read("one.npy").values();
    assertEquals(23 * SIDE * SIDE, logits.length);
    assertArrayEquals(logits, Arrays.copyOf(read("both.npy").values(), logits.length));
  }

  @Test
  void jsonHasTheStableKeys() throws IOException {
    String x = images(1);
    JsonNode json =
        json(succeed("forward", "--json", "--model", MODEL, "--classes=2", x, path("y.npy")));
    assertEquals("sim:demonstrator", json.get("device").asText());
    assertEquals("[1,2,32,32]", json.get("shape").toString());
    assertTrue(json.get("forwardSeconds").asDouble() > 0);
    assertTrue(json.get("frames").asLong() > 0);
    assertTrue(json.get("deviceBusySeconds").asDouble() > 0);
    JsonNode peak = json.get("peakRssBytes");
    assertTrue(peak.isNull() != Files.exists(Path.of("/proc/self/status")), json.toString());
    assertTrue(peak.isNull() || peak.asLong() > 1 << 20);
  }

  @Test
  void anUntrainedNetworkIsMadeFromItsSeed() throws IOException {
    String x = images(1);
    OfpRun run = succeed("forward", "--device=none", "--untrained", "--seed=3", x, path("y.npy"));
    assertTrue(run.err().startsWith("ofp: warning: the network is untrained"), run.err());
    String w = weights("w.safetensors", 23, 3);
    succeed("forward", "--device=none", "--weights", w, x, path("expected.npy"));
    assertArrayEquals(read("expected.npy").values(), read("y.npy").values());
  }

  @Test
  void weightsThatDoNotFitAreNamed() throws IOException {
    String x = images(1);
    String y = path("y.npy");
    String good = weights("w.safetensors", 5);
    byte[] bytes = Files.readAllBytes(Path.of(good));
    String cut = write("cut.safetensors", Arrays.copyOf(bytes, bytes.length / 2));
    byte[] nan = bytes.clone();
    Arrays.fill(nan, nan.length - 4, nan.length, (byte) 0xff);
    String notFinite = write("nan.safetensors", nan);
    String header = new String(bytes, StandardCharsets.ISO_8859_1);
    byte[] renamed =
        header.replace("outc.conv.bias", "outc.conv.bais").getBytes(StandardCharsets.ISO_8859_1);
    String wrongName = write("renamed.safetensors", renamed);
    String text = write("text.safetensors", "hello".getBytes(StandardCharsets.UTF_8));
    fail(1, "cut.safetensors", "forward", "--weights", cut, x, y);
    fail(1, "weights must be finite", "forward", "--weights", notFinite, x, y);
    fail(1, "1 missing (outc.conv.bias); 1 unexpected", "forward", "--weights", wrongName, x, y);
    fail(1, "2 mis-shaped", "forward", "--classes=7", "--weights", good, x, y);
    fail(1, "text.safetensors", "forward", "--weights", text, x, y);
    fail(
        1,
        "none.safetensors: no such file",
        "forward",
        "--weights",
        path("none.safetensors"),
        x,
        y);
    fail(1, "is a folder", "forward", "--weights", folder.toString(), x, y);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model=unet-eficientnet-b0 | did you mean 'unet-efficientnet-b0'",
        "--model=vgg | available: ",
        "--classes=0 | --classes 0 must be at least 1",
        "--device=sim:idael | did you mean 'ideal'",
        "--device=none -o seed=1 | 'none' is no device",
        "--device=sim:ideal -o sed=1 | did you mean 'seed'",
        "--seed=x | '--seed'",
      })
  void wrongOptionsAreWrongUsage(String options, String message) throws IOException {
    String x = images(1);
    String[] words = options.split(" ", -1);
    String[] args = Arrays.copyOf(words, words.length + 3);
    System.arraycopy(words, 0, args, 1, words.length);
    args[0] = "forward";
    args[words.length + 1] = x;
    args[words.length + 2] = path("y.npy");
    fail(2, message, args);
  }

  @Test
  void inputsThatAreNoImagesAreRefused() throws IOException {
    String y = path("y.npy");
    String grey = write("grey.npy", NpyArray.real(new float[SIDE * SIDE], 1, 1, SIDE, SIDE));
    failUntrained("must be <f4 [n, 3, h, w]; this is <f4 [1, 1, 32, 32]", grey, y);
    String flat = write("flat.npy", NpyArray.real(new float[12], 3, 2, 2));
    failUntrained("must be <f4 [n, 3, h, w]; this is <f4 [3, 2, 2]", flat, y);
    float[] values = new float[12];
    values[7] = Float.POSITIVE_INFINITY;
    String infinite = write("inf.npy", NpyArray.real(values, 1, 3, 2, 2));
    failUntrained("[0, 1, 1, 1] is Infinity", infinite, y);
    fail(1, "does not exist", "forward", images(1), path("no/y.npy"));
    fail(1, "intensity", "forward", "-o", "readout=intensity", images(1), y);
  }

  private void failUntrained(String part, String x, String y) throws IOException {
    fail(1, part, "forward", "--device=none", x, y);
  }

  private String images(int n) throws IOException {
    return write("x.npy", NpyArray.real(Arrays2d.random(n * 3 * SIDE * SIDE, 9), n, 3, SIDE, SIDE));
  }

  private String weights(String name, int classes) throws IOException {
    return weights(name, classes, 4);
  }

  private String weights(String name, int classes, long seed) throws IOException {
    try (OpticalContext context = OpticalContext.electronic()) {
      SegmentationModel model = Models.create(MODEL, classes, context, seed);
      Weights.save(model, folder.resolve(name), ElementType.F32);
    }
    return path(name);
  }
}
