// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageTest {
  @Test
  void normalisesByImageNetsMeanAndDeviation() {
    float[] planes = ImageNormalisation.toPlanes(new int[] {0xFF_FF_00_00, 0x00_00_80_FF});
    float[] expected = {
      (1 - 0.485f) / 0.229f, -0.485f / 0.229f, // red
      -0.456f / 0.224f, (128 / 255f - 0.456f) / 0.224f, // green
      -0.406f / 0.225f, (1 - 0.406f) / 0.225f // blue
    };
    assertArrayEquals(expected, planes, 1e-6f);
  }

  @Test
  void thePaletteIsTheArticles() {
    assertEquals(23, ClassPalette.DRONE.size());
    assertEquals(
        new ClassPalette.Entry("paved-area", 0xFF_80_40_80), ClassPalette.DRONE.classes().get(1));
    assertEquals(
        new ClassPalette.Entry("obstacle", 0xFF_02_87_73), ClassPalette.DRONE.classes().get(22));
    long colours = ClassPalette.DRONE.classes().stream().mapToInt(c -> c.argb()).distinct().count();
    assertEquals(23, colours);
  }

  @Test
  void masksGetTheirClassesColours() {
    assertArrayEquals(
        new int[] {0xFF_00_66_00, 0xFF_00_00_00}, ClassPalette.DRONE.colourise(new int[] {3, 0}));
    assertThrows(
        IndexOutOfBoundsException.class, () -> ClassPalette.DRONE.colourise(new int[] {23}));
  }

  @Test
  void overlaysBlendEachChannel() {
    int[] image = {0x00_00_64_FF};
    int[] colours = {0xFF_C8_64_00};
    assertArrayEquals(new int[] {0xFF_00_64_FF}, Overlay.blend(image, colours, 0));
    assertArrayEquals(new int[] {0xFF_C8_64_00}, Overlay.blend(image, colours, 1));
    assertArrayEquals(new int[] {0xFF_32_64_BF}, Overlay.blend(image, colours, 0.25));
    assertThrows(IllegalArgumentException.class, () -> Overlay.blend(image, colours, 1.1));
    assertThrows(IllegalArgumentException.class, () -> Overlay.blend(image, colours, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Overlay.blend(image, new int[2], 0.5));
  }

  @Test
  void theLargestLogitWinsAndTheFirstOfEquals() {
    float[] logits = {0, -3, 5, 1, -2, 5, 0, -1, 4}; // three classes, three pixels
    assertArrayEquals(new int[] {1, 2, 0}, ClassMask.argmax(logits, 3));
    assertThrows(IllegalArgumentException.class, () -> ClassMask.argmax(logits, 2));
    assertThrows(IllegalArgumentException.class, () -> ClassMask.argmax(logits, 0));
    logits[4] = Float.NaN;
    assertThrows(IllegalArgumentException.class, () -> ClassMask.argmax(logits, 3));
  }

  @Test
  void comparisonsFollowTheirDefinition() {
    float[] reference = {3, 0, 0, 4}; // two classes, two pixels: classes 0 and 1
    LogitsComparison same = LogitsComparison.of(reference, reference, 2);
    assertEquals(new LogitsComparison(1, Double.POSITIVE_INFINITY), same);
    // a tenth of the norm off: a hundredth of the energy, 20 dB; pixel 0 keeps its class
    LogitsComparison near = LogitsComparison.of(reference, new float[] {3.5f, 0, 0, 4}, 2);
    assertEquals(1, near.agreement());
    assertEquals(20, near.snrDb(), 1e-9);
    LogitsComparison half = LogitsComparison.of(reference, new float[] {3, 5, 0, 4}, 2);
    assertEquals(0.5, half.agreement());
    assertEquals(0, half.snrDb(), 1e-9); // an error as large as the reference
    assertThrows(
        IllegalArgumentException.class, () -> LogitsComparison.of(reference, new float[2], 2));
    assertThrows(
        IllegalArgumentException.class, () -> LogitsComparison.of(new float[0], new float[0], 2));
  }

  @Test
  void partsCompareAsTheWholeDoes() {
    float[] reference = {3, 0, 1, 0, 4, 2}; // two classes, three pixels
    float[] logits = {3.5f, 1, 1, 1, 0, 2};
    LogitsComparer parts = new LogitsComparer();
    addTo(parts, new float[] {3, 0}, new float[] {3.5f, 1});
    addTo(parts, new float[] {0, 1, 4, 2}, new float[] {1, 1, 0, 2});
    assertEquals(LogitsComparison.of(reference, logits, 2), parts.result());
    assertThrows(IllegalStateException.class, () -> new LogitsComparer().result());
    assertThrows(
        IllegalArgumentException.class,
        () -> parts.add(new float[4], new int[2], new float[4], new int[1]));
  }

  private static void addTo(LogitsComparer parts, float[] reference, float[] logits) {
    parts.add(reference, ClassMask.argmax(reference, 2), logits, ClassMask.argmax(logits, 2));
  }

  @Test
  void coloursAreWrittenInHexadecimal() {
    assertEquals("#00070f", new ClassPalette.Entry("dark", 0xFF00070F).hex());
    assertEquals("#ff1660", ClassPalette.DRONE.classes().get(15).hex());
  }

  @Test
  void manyPixelsAreSearchedPieceByPiece() {
    int pixels = 5000;
    float[] logits = new float[3 * pixels];
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < logits.length; i++) {
      logits[i] = random.nextInt(4); // equals are frequent
    }
    int[] mask = ClassMask.argmax(logits, 3);
    for (int i = 0; i < pixels; i++) {
      int best = logits[pixels + i] > logits[i] ? 1 : 0;
      best = logits[2 * pixels + i] > logits[best * pixels + i] ? 2 : best;
      assertEquals(best, mask[i]);
    }
    logits[logits.length - 1] = Float.NaN;
    assertThrows(IllegalArgumentException.class, () -> ClassMask.argmax(logits, 3));
  }

  @Test
  void bytesAreClassesFromZeroUpTo255() {
    ClassPalette palette =
        new ClassPalette(
            IntStream.range(0, 256).mapToObj(i -> new ClassPalette.Entry("c" + i, i)).toList());
    assertArrayEquals(
        new int[] {0, 127, 128, 255}, palette.colourise(new byte[] {0, 127, -128, -1}));
  }
}
