// SPDX-License-Identifier: Apache-2.0
package com.example.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.ofp.optconv.MacCount;
import org.ofp.optconv.torch.Torch;

/** The guide shows code that is compiled and run here, files that exist, and figures that hold. */
class OpticalConvolutionGuideTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Path SOURCE =
      Path.of("src/test/java/com/example/planning/OpticalConvolutionGuide.java");
  private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([^)#]+)");
  private static final Pattern ROW = Pattern.compile("\\| (\\d)×\\d \\|([^\\n]*)\\|");

  private static String guide() throws IOException {
    return Files.readString(DOCS.resolve("OPTICAL_CONVOLUTION.md"));
  }

  @Test
  void everyBlockOfJavaIsAPartOfTheProgram() throws IOException {
    String source = withoutLayout(Files.readString(SOURCE));
    List<MatchResult> blocks = BLOCK.matcher(guide()).results().toList();
    assertTrue(blocks.size() >= 3, "blocks of Java in the guide: " + blocks.size());
    for (MatchResult block : blocks) {
      assertTrue(
          source.contains(withoutLayout(block.group(1))),
          () -> "not in OpticalConvolutionGuide.java:\n" + block.group(1));
    }
  }

  private static String withoutLayout(String code) {
    return code.replaceAll("\\s+", "");
  }

  @Test
  void whatIsLinkedExists() throws IOException {
    Matcher link = LINK.matcher(guide());
    int links = 0;
    while (link.find()) {
      Path target = DOCS.resolve(link.group(1));
      assertTrue(Files.exists(target), () -> target + " does not exist");
      links++;
    }
    assertTrue(links >= 6, "links: " + links);
  }

  /** Rows of the table of reductions: kernel, then a figure for each of its frames. */
  @Test
  void theTableOfReductionsIsComputed() throws IOException {
    int[] frames = {11, 16, 32, 64, 128};
    Matcher row = ROW.matcher(guide());
    int rows = 0;
    while (row.find()) {
      int kernel = Integer.parseInt(row.group(1));
      String[] figures = row.group(2).split("\\|", -1);
      for (int i = 0; i < frames.length; i++) {
        String expected = String.format(Locale.ROOT, "%.2f", MacCount.reduction(kernel, frames[i]));
        assertEquals(expected, figures[i].strip(), kernel + "×" + kernel + ", T = " + frames[i]);
      }
      rows++;
    }
    assertEquals(3, rows);
  }

  @Test
  void theLayerConvolves() {
    Random random = new Random(3);
    float[] x = new float[16 * 64 * 64];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat();
    }
    float[] weights = new float[32 * 16 * 9];
    weights[4] = 1; // output channel 0 is input channel 0
    float[] y = OpticalConvolutionGuide.convolve(x, weights);
    double noise = 0;
    double signal = 0;
    for (int i = 0; i < 64 * 64; i++) {
      noise += Math.pow(y[i] - x[i], 2);
      signal += Math.pow(x[i] - 0.5, 2);
    }
    // White noise and one channel: the bench's 30 dB, with 10 to spare.
    assertTrue(noise < signal / 100, noise + " against " + signal);
  }

  @Test
  void theObjectivesAreToldAsInTheGuide() throws IOException {
    String guide = guide();
    OpticalConvolutionGuide.objectives()
        .lines()
        .forEach(line -> assertTrue(guide.contains(line), () -> "not in the guide: " + line));
  }

  @Test
  void theNetworkRunsAsPlanned() {
    Torch.initialize();
    try (PointerScope scope = new PointerScope()) {
      assertEquals(List.of(), OpticalConvolutionGuide.network(torch.randn(2, 3, 48, 32)));
    }
  }
}
