// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks.pictures;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.scene.LabelledPicture;
import org.ofp.models.scene.SceneGenerator;
import org.ofp.models.scene.SceneOptions;

/** A sheet with a piece of a scene for every class, the class in it a good part of the piece. */
final class ClassCrops {
  private static final int SCENES = 160;
  private static final int SIDE = 256;
  private static final int CROP = 80;
  private static final int STEP = 16;
  private static final int COLUMNS = 12;
  private static final int GAP = 8;
  private static final int TEXT = 18;

  /** A thing with its surroundings; more would be a texture only. */
  private static final double WANTED_SHARE = 0.4;

  private static final class Crop {
    private double badness = Double.POSITIVE_INFINITY;
    private final int[] rgb = new int[CROP * CROP];
  }

  private ClassCrops() {}

  static BufferedImage draw(long seed) {
    SceneGenerator generator = SceneGenerator.of(seed, SceneOptions.of(SIDE));
    List<ClassPalette.Entry> classes = ClassPalette.DRONE.classes();
    Crop[] best = classes.stream().map(c -> new Crop()).toArray(Crop[]::new);
    LabelledPicture[] scenes =
        IntStream.range(0, SCENES)
            .parallel()
            .mapToObj(generator::scene)
            .toArray(LabelledPicture[]::new);
    Arrays.stream(scenes).forEach(scene -> look(scene, best));
    int rows = (classes.size() + COLUMNS - 1) / COLUMNS;
    Canvas canvas = new Canvas(COLUMNS * (CROP + GAP) + GAP, rows * (CROP + GAP + TEXT) + GAP);
    for (int i = 0; i < classes.size(); i++) {
      int x = GAP + i % COLUMNS * (CROP + GAP);
      int y = GAP + i / COLUMNS * (CROP + GAP + TEXT);
      canvas.samples(best[i].rgb, CROP, x, y, 1);
      canvas.text(Canvas.LABEL, Canvas.TEXT, classes.get(i).name(), x, y + CROP + 14);
    }
    return canvas.image();
  }

  private static void look(LabelledPicture scene, Crop[] best) {
    for (int y = 0; y + CROP <= SIDE; y += STEP) {
      for (int x = 0; x + CROP <= SIDE; x += STEP) {
        double[] share = new double[best.length];
        double[] inside = new double[best.length];
        for (int i = 0; i < CROP * CROP; i++) {
          int row = i / CROP;
          int col = i % CROP;
          int label = scene.labels()[(y + row) * SIDE + x + col];
          share[label] += 1.0 / (CROP * CROP);
          boolean border = Math.min(row, col) < 8 || Math.max(row, col) >= CROP - 8;
          inside[label] += border ? 0 : 1.0 / (CROP * CROP);
        }
        for (int c = 0; c < best.length; c++) {
          // Cut-off things have much of themselves at the border.
          double cut = share[c] - inside[c];
          double badness = Math.abs(share[c] - WANTED_SHARE) + cut;
          if (share[c] > 0 && badness < best[c].badness) {
            best[c].badness = badness;
            for (int row = 0; row < CROP; row++) {
              System.arraycopy(scene.rgb(), (y + row) * SIDE + x, best[c].rgb, row * CROP, CROP);
            }
          }
        }
      }
    }
  }
}
