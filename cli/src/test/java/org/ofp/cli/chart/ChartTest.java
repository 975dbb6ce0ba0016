// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ofp.models.picture.RgbImage;
import org.ofp.models.training.EpochRecord;
import org.ofp.models.training.LossKind;

/** What can be told from the pixels alone. */
class ChartTest {
  private static final Color MIOU = ChartStyle.COLOURS.get(0);
  private static final Color CLASS_ACCURACY = ChartStyle.COLOURS.get(4);

  /** Below the charts of the losses, left of the legend. */
  private static final int METRICS_TOP = 300;

  private static final int LEGEND_LEFT = 690;

  @Test
  void aTrainingHasTheDocumentedSize() {
    for (String title : List.of("", "unet-efficientnet-b0 on sim:demonstrator")) {
      RgbImage image = TrainingPlot.draw(title, epochs(10, 3));
      assertEquals(900, image.width());
      assertEquals(600, image.height());
    }
  }

  @Test
  void theBestEpochIsMarkedWhereItLies() {
    int early = column(TrainingPlot.draw("t", epochs(10, 2)));
    int middle = column(TrainingPlot.draw("t", epochs(10, 5)));
    int late = column(TrainingPlot.draw("t", epochs(10, 8)));
    assertTrue(middle - early > 100, () -> early + ", " + middle + ", " + late);
    assertEquals(middle - early, late - middle, 2, "pixels, lines lie between them");
  }

  @Test
  void higherIsBetter() {
    RgbImage image = TrainingPlot.draw("t", epochs(10, 3)); // mIoU around 20, class accuracy 60
    assertTrue(meanRow(image, MIOU) - meanRow(image, CLASS_ACCURACY) > 80);
  }

  @Test
  void oneEpochManyEpochsAndNumbersThatAreNoneAreDrawn() {
    TrainingPlot.draw("one", epochs(1, 1));
    TrainingPlot.draw("many", epochs(500, 77));
    List<EpochRecord> broken = new ArrayList<>(epochs(3, 2));
    double nan = Double.NaN;
    double infinite = Double.POSITIVE_INFINITY;
    broken.add(new EpochRecord(4, nan, infinite, nan, nan, nan, nan, 1, 1, 0));
    int[] pixels = TrainingPlot.draw("broken", broken).pixels();
    assertTrue(Arrays.stream(pixels).anyMatch(pixel -> pixel == rgb(MIOU)));
    TrainingPlot.draw("nothing else", broken.subList(3, 4));
  }

  @Test
  void theSamePlotIsTheSamePicture() {
    assertArrayEquals(
        TrainingPlot.draw("t", epochs(5, 2)).pixels(),
        TrainingPlot.draw("t", epochs(5, 2)).pixels());
  }

  @Test
  void nothingToDrawIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> TrainingPlot.draw("t", List.of()));
    assertThrows(IllegalArgumentException.class, () -> SearchPlot.draw("t", List.of()));
    SearchPlot.Trial failed = trial(1e-4, 1, Double.NaN, false);
    assertThrows(IllegalArgumentException.class, () -> SearchPlot.draw("t", List.of(failed)));
  }

  /** A disc of 9 pixels across has 64 of them, a ring of the same size less than half in full. */
  @Test
  void runsThatWereGivenUpAreRings() {
    SearchPlot.Trial other = trial(1e-3, 8, 30, false);
    long disc = inPlot(SearchPlot.draw("t", List.of(trial(1e-4, 1, 20, false), other)), MIOU);
    long ring = inPlot(SearchPlot.draw("t", List.of(trial(1e-4, 1, 20, true), other)), MIOU);
    assertTrue(disc > 45 && disc < 75, () -> disc + " pixels");
    assertTrue(ring > 5 && ring < disc / 2, () -> ring + " pixels");
  }

  @Test
  void everyBatchSizeAndLossHasItsColour() {
    List<SearchPlot.Trial> trials = new ArrayList<>();
    for (int batch : new int[] {1, 4, 8}) {
      for (LossKind loss : LossKind.values()) {
        trials.add(new SearchPlot.Trial(batch * 1e-5, batch, loss, 10 + 5.0 * batch, false));
        trials.add(
            new SearchPlot.Trial(batch * 1e-4, batch, loss, loss == LossKind.DICE ? 20 : 22, true));
      }
    }
    RgbImage image = SearchPlot.draw("t", trials);
    assertEquals(900 * 600, image.pixels().length);
    for (Color colour : ChartStyle.COLOURS) {
      assertTrue(inPlot(image, colour) > 0, colour::toString);
    }
  }

  private static SearchPlot.Trial trial(
      double learningRate, int batch, double mIoU, boolean eliminated) {
    return new SearchPlot.Trial(learningRate, batch, LossKind.DICE, mIoU, eliminated);
  }

  private static List<EpochRecord> epochs(int count, int best) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            i -> new EpochRecord(i, 1.0 / i, 1.1 / i, 90, 60, i == best ? 24 : 20, 40, 1, 1, 0))
        .toList();
  }

  /** The column of the marking line, which has more grey than any other. */
  private static int column(RgbImage image) {
    int[] counts = new int[LEGEND_LEFT];
    for (int row = METRICS_TOP; row < image.height(); row++) {
      for (int col = 0; col < LEGEND_LEFT; col++) {
        if (image.pixels()[row * image.width() + col] == rgb(ChartStyle.GREY)) {
          counts[col]++;
        }
      }
    }
    int most = Arrays.stream(counts).max().orElseThrow();
    assertTrue(most > 60, () -> "at most " + most + " grey pixels in a column");
    return IntStream.range(0, LEGEND_LEFT).filter(col -> counts[col] == most).findFirst().orElse(0);
  }

  private static double meanRow(RgbImage image, Color colour) {
    return IntStream.range(METRICS_TOP * image.width(), image.pixels().length)
        .filter(i -> i % image.width() < LEGEND_LEFT && image.pixels()[i] == rgb(colour))
        .mapToDouble(i -> Math.floorDiv(i, image.width()))
        .average()
        .orElseThrow();
  }

  private static long inPlot(RgbImage image, Color colour) {
    return IntStream.range(0, image.pixels().length)
        .filter(i -> i % image.width() < LEGEND_LEFT && image.pixels()[i] == rgb(colour))
        .count();
  }

  private static int rgb(Color colour) {
    return colour.getRGB() & 0xFFFFFF;
  }
}
