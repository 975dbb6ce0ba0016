// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.cli.io.NpyArray;
import org.ofp.models.picture.ImageFile;
import org.ofp.models.picture.Pictures;
import org.ofp.models.picture.RgbImage;

class TransformCommandTest extends CommandTestFolder {
  private static final int ROWS = 7;
  private static final int COLS = 10;
  private static final int PIXELS = ROWS * COLS;

  @Test
  void realFieldsGiveTheirUnitaryTransform() throws IOException {
    float[] field = Arrays2d.random(PIXELS, 1);
    String in = write("in.npy", NpyArray.real(field, ROWS, COLS));
    OfpRun run = succeed("transform", "sim:ideal", in, path("out.npy"));
    assertTrue(run.out().contains("<c8 [7, 10]") && run.out().contains("1 frame,"), run.out());
    assertTransform(Arrays2d.complex(field), false, read("out.npy"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void complexFieldsOfAnyScaleToo(boolean inverse) throws IOException {
    float[] field = Arrays2d.random(2 * PIXELS, 2);
    for (int i = 0; i < field.length; i++) {
      field[i] *= 1000;
    }
    String in = write("in.npy", NpyArray.complex(field, ROWS, COLS));
    if (inverse) {
      succeed("transform", "--inverse", "sim:ideal", in, path("out.npy"));
    } else {
      succeed("transform", "sim:ideal", in, path("out.npy"));
    }
    assertTransform(field, inverse, read("out.npy"));
  }

  @Test
  void batchesAreTransformsOneByOne() throws IOException {
    float[] fields = Arrays2d.random(3 * PIXELS, 3);
    String batch = write("batch.npy", NpyArray.real(fields, 3, ROWS, COLS));
    float[] last = Arrays.copyOfRange(fields, 2 * PIXELS, 3 * PIXELS);
    String one = write("one.npy", NpyArray.real(last, ROWS, COLS));
    for (String raw : new String[] {"-o=adc.bits=10", "--raw"}) {
      succeed("transform", "--frame-id=5", raw, "sim:demonstrator", batch, path("a.npy"));
      succeed("transform", "--frame-id=7", raw, "sim:demonstrator", one, path("b.npy"));
      NpyArray many = read("a.npy");
      NpyArray single = read("b.npy");
      assertEquals(single.rank() + 1, many.rank());
      int size = single.values().length;
      assertArrayEquals(
          single.values(), Arrays.copyOfRange(many.values(), 2 * size, 3 * size), raw);
    }
  }

  @Test
  void theDemonstratorIsNoisyBySeedAndFrame() throws IOException {
    float[] field = Arrays2d.random(32 * 32, 4);
    String in = write("in.npy", NpyArray.real(field, 32, 32));
    succeed("transform", "sim:demonstrator", in, path("a.npy"));
    succeed("transform", "sim:demonstrator", in, path("again.npy"));
    succeed("transform", "sim:demonstrator", in, path("frame.npy"), "--frame-id", "1");
    succeed("transform", "sim:demonstrator", in, path("seed.npy"), "-o", "seed=2");
    float[] a = read("a.npy").values();
    assertArrayEquals(a, read("again.npy").values());
    assertFalse(Arrays.equals(a, read("frame.npy").values()));
    assertFalse(Arrays.equals(a, read("seed.npy").values()));
    double snr = Arrays2d.snrDb(Arrays2d.dft(Arrays2d.complex(field), 32, 32, false), a);
    // 8-bit modulator, 12-bit camera: far from exact and far from noise.
    assertTrue(snr > 20 && snr < 60, "SNR " + snr);
  }

  @Test
  void picturesAreTheirGreyValue() throws IOException {
    BufferedImage noise = Pictures.noise(COLS, ROWS, BufferedImage.TYPE_INT_RGB);
    String in = write("in.png", Pictures.png(noise));
    succeed("transform", "sim:ideal", in, path("out.npy"));
    float[] grey = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      int rgb = noise.getRGB(i % COLS, i / COLS);
      grey[i] =
          (float)
              ((0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255)) / 255);
    }
    assertTransform(Arrays2d.complex(grey), false, read("out.npy"));
  }

  /** (I₀−I₂) + i(I₁−I₃) is the field up to a factor, with the zero order in the centre. */
  @Test
  void rawFourStepCountsHoldTheField() throws IOException {
    float[] field = Arrays2d.random(PIXELS, 5);
    String in = write("in.npy", NpyArray.real(field, ROWS, COLS));
    succeed("transform", "--raw", "sim:ideal?readout=four-step", in, path("out.npy"));
    NpyArray counts = read("out.npy");
    assertArrayEquals(new int[] {4, ROWS, COLS}, counts.shape());
    double[] exact = Arrays2d.dft(Arrays2d.complex(field), ROWS, COLS, false);
    float[] c = counts.values();
    double factor = 0;
    for (int i = 0; i < PIXELS; i++) {
      int k = (i / COLS + ROWS - ROWS / 2) % ROWS * COLS + (i % COLS + COLS - COLS / 2) % COLS;
      double measured = Math.hypot(c[i] - c[2 * PIXELS + i], c[PIXELS + i] - c[3 * PIXELS + i]);
      double expected = Math.hypot(exact[2 * k], exact[2 * k + 1]);
      factor = factor == 0 ? measured / expected : factor;
      assertEquals(factor * expected, measured, factor * 1e-3, "pixel " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coherent 2", "four-step 4", "intensity 1"})
  void rawStepsFollowTheReadout(String readout) throws IOException {
    float[] field = Arrays2d.random(PIXELS, 6);
    String in = write("in.npy", NpyArray.real(field, ROWS, COLS));
    String[] parts = readout.split(" ", -1);
    String uri = "sim:ideal?readout=" + parts[0];
    JsonNode json = json(succeed("transform", "--raw", "--json", uri, in, path("out.npy")));
    assertArrayEquals(new int[] {Integer.parseInt(parts[1]), ROWS, COLS}, read("out.npy").shape());
    assertEquals("<f4", json.get("type").asText());
    assertEquals(uri, json.get("device").asText());
    assertTrue(json.get("exposureSeconds").get(0).asDouble() > 0);
    assertEquals(1, json.get("frames").asInt());
  }

  @Test
  void rawUsesTheRangeOfTheCamera() throws IOException {
    float[] field = new float[64 * 64];
    Arrays.fill(field, 0.01f);
    String in = write("in.npy", NpyArray.real(field, 64, 64));
    succeed("transform", "--raw", "sim:demonstrator", in, path("out.npy"));
    float[] counts = read("out.npy").values();
    float peak = 0;
    int at = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > peak) {
        peak = counts[i];
        at = i % (64 * 64);
      }
    }
    assertEquals(32 * 64 + 32, at);
    assertTrue(peak > 2000 && peak < 4095, "peak " + peak);
  }

  @Test
  void theSpectrumIsDrawnWithItsZeroOrderInTheCentre() throws IOException {
    float[] field = new float[PIXELS];
    Arrays.fill(field, 0.5f);
    String in = write("in.npy", NpyArray.real(field, ROWS, COLS));
    for (String raw : new String[] {"--frame-id=0", "--raw"}) {
      succeed("transform", raw, "sim:ideal", in, path("o.npy"), "--picture", path("p.png"));
      RgbImage picture = ImageFile.read(folder.resolve("p.png"));
      assertEquals(COLS, picture.width());
      assertEquals(0xffffff, picture.pixels()[ROWS / 2 * COLS + COLS / 2], raw);
      assertEquals(0, picture.pixels()[0], raw);
    }
  }

  @Test
  void theInverseIsDrawnAsAnImage() throws IOException {
    float[] spectrum = new float[2 * PIXELS];
    spectrum[0] = 3;
    String in = write("in.npy", NpyArray.complex(spectrum, ROWS, COLS));
    succeed("transform", "--inverse", "sim:ideal", in, path("o.npy"), "--picture", path("p.png"));
    for (int pixel : ImageFile.read(folder.resolve("p.png")).pixels()) {
      assertEquals(0xffffff, pixel);
    }
  }

  @Test
  void framesThatCannotBeShownAreRefused() throws IOException {
    float[] field = new float[PIXELS];
    field[COLS + 2] = 1.5f;
    String bright = write("bright.npy", NpyArray.real(field, ROWS, COLS));
    String out = path("out.npy");
    fail(
        1,
        "bright.npy: frame 0 asks for amplitude 1.5",
        "transform",
        "--raw",
        "sim:ideal",
        bright,
        out);
    field[COLS + 2] = Float.NaN;
    String nan = write("nan.npy", NpyArray.real(field, ROWS, COLS));
    fail(1, "nan.npy: frame 0 asks for amplitude NaN", "transform", "--raw", "sim:ideal", nan, out);
    fail(1, "nan.npy: frame 0 holds NaN", "transform", "sim:ideal", nan, out);
    // 607 is prime: no smaller transforms compose it.
    String large = write("large.npy", NpyArray.real(new float[607], 607, 1));
    fail(1, "prime factor 607", "transform", "sim:demonstrator", large, out);
    fail(1, "frames up to 512×512", "transform", "--raw", "sim:demonstrator", large, out);
  }

  @Test
  void exposuresAreMerged() throws IOException {
    float[] field = new float[64 * 64];
    for (int i = 0; i < field.length; i++) {
      field[i] = (float) Math.exp(-Math.hypot(i / 64 - 32, i % 64 - 32) / 3);
    }
    String in = write("blob.npy", NpyArray.real(field, 64, 64));
    double[] snr = new double[2];
    double[] truth = Arrays2d.dft(Arrays2d.complex(field), 64, 64, false);
    for (int i = 0; i < 2; i++) {
      String exposures = i == 0 ? "1" : "4";
      succeed("transform", "sim:demonstrator", in, path("out.npy"), "--exposures", exposures);
      snr[i] = Arrays2d.snrDb(truth, read("out.npy").values());
    }
    // So peaked a spectrum leaves most pixels to the noise; up to 64 times the light helps them,
    // until
    // the modulator's 8 bits and the sensor's non-uniformity are left.
    assertTrue(snr[1] > snr[0] + 4, snr[0] + " dB, " + snr[1] + " dB");
    String out = path("none.npy");
    fail(2, "--exposures 9", "transform", "sim:ideal", in, out, "--exposures", "9");
    fail(2, "--raw", "transform", "sim:ideal", in, out, "--exposures", "2", "--raw");
  }

  @Test
  void inputsThatAreNoFieldsAreRefused() throws IOException {
    String out = path("out.npy");
    fail(1, "none.npy: no such file", "transform", "sim:ideal", path("none.npy"), out);
    String text = write("text.png", "hello".getBytes(StandardCharsets.UTF_8));
    fail(1, "text.png: not a JPEG or PNG", "transform", "sim:ideal", text, out);
    String npy = write("text.npy", "hello".getBytes(StandardCharsets.UTF_8));
    fail(1, "text.npy: not a .npy file", "transform", "sim:ideal", npy, out);
    byte[] jpeg = Pictures.jpeg(Pictures.quadrants(32, 32));
    String cut = write("cut.jpg", Arrays.copyOf(jpeg, jpeg.length - 20));
    fail(1, "cut.jpg: the JPEG is truncated", "transform", "sim:ideal", cut, out);
    String line = write("line.npy", NpyArray.real(new float[5], 5));
    fail(1, "this is <f4 [5]", "transform", "sim:ideal", line, out);
    String empty = write("empty.npy", NpyArray.real(new float[0], 0, 5));
    fail(1, "nothing to transform", "transform", "sim:ideal", empty, out);
  }

  @Test
  void whatTheCommandLineShowsToBeWrongIsUsage() throws IOException {
    String in = write("in.npy", NpyArray.real(new float[4], 2, 2));
    String out = path("out.npy");
    fail(2, "sim:ideal", "transform", "ideal", in, out);
    fail(2, "adc.bits", "transform", "sim:ideal", in, out, "-o", "adc.bit=2");
    fail(2, "same file", "transform", "sim:ideal", in, out, "--picture", out);
    fail(2, "--frame-id", "transform", "sim:ideal", in, out, "--frame-id", "x");
    fail(2, "missing required parameter", "transform", "sim:ideal", in);
  }

  @Test
  void outputsAreCheckedAndIntensityIsNoField() throws IOException {
    String in = write("in.npy", NpyArray.real(new float[] {1, 0, 0, 0}, 2, 2));
    fail(1, "does not exist", "transform", "sim:ideal", in, path("no/such/out.npy"));
    fail(1, "is a folder", "transform", "sim:ideal", in, folder.toString());
    fail(1, "intensity", "transform", "sim:ideal?readout=intensity", in, path("out.npy"));
    Files.writeString(folder.resolve("old.npy"), "precious");
    fail(1, "no such file", "transform", "sim:ideal", path("none"), path("old.npy"));
    assertEquals("precious", Files.readString(folder.resolve("old.npy")));
    assertEquals(Set.of("in.npy", "old.npy"), files());
  }

  private static void assertTransform(float[] field, boolean inverse, NpyArray result) {
    assertArrayEquals(new int[] {ROWS, COLS}, result.shape());
    double snr = Arrays2d.snrDb(Arrays2d.dft(field, ROWS, COLS, inverse), result.values());
    assertTrue(snr > 110, "SNR " + snr);
  }
}
