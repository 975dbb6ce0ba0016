// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks.pictures;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.scene.LabelledPicture;
import org.ofp.models.scene.SceneGenerator;
import org.ofp.models.scene.SceneOptions;

/**
 * Writes the contact sheets of {@code docs/SCENES.md}, from the repository's root:
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar \
 *       org.ofp.benchmarks.pictures.ScenePictures docs/scenes
 * </pre>
 */
public final class ScenePictures {
  private static final long SEED = 1;

  /** Scenes that show much between them. */
  private static final int[] CHOSEN = {0, 2, 3, 10, 11, 13, 15, 16, 22, 29, 30, 39};

  private static final int SIDE = 148;
  private static final int COLUMNS = 3;
  private static final int GAP = 12;
  private static final int LEGEND_COLUMNS = 6;
  private static final int LEGEND_LINE = 22;
  private static final int SWATCH = 14;

  private ScenePictures() {}

  /** Writes the sheets; the argument is the folder for them. */
  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Path folder = Path.of(args[0]);
    Files.createDirectories(folder);
    ImageIO.write(scenes(), "png", folder.resolve("scenes.png").toFile());
    ImageIO.write(ClassCrops.draw(SEED), "png", folder.resolve("classes.png").toFile());
  }

  /** Pictures beside their masks, and what the colours mean. */
  static BufferedImage scenes() {
    SceneGenerator generator = SceneGenerator.of(SEED, SceneOptions.of(SIDE));
    List<ClassPalette.Entry> classes = ClassPalette.DRONE.classes();
    int rows = CHOSEN.length / COLUMNS;
    int cellWidth = 2 * SIDE + GAP;
    int cellHeight = SIDE + GAP;
    int lines = (classes.size() + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS;
    int width = COLUMNS * cellWidth + GAP;
    Canvas canvas = new Canvas(width, rows * cellHeight + GAP + lines * LEGEND_LINE);
    for (int i = 0; i < CHOSEN.length; i++) {
      LabelledPicture scene = generator.scene(CHOSEN[i]);
      int x = GAP + i % COLUMNS * cellWidth;
      int y = GAP + i / COLUMNS * cellHeight;
      canvas.samples(scene.rgb(), SIDE, x, y, 1);
      int[] mask = new int[scene.labels().length];
      for (int k = 0; k < mask.length; k++) {
        mask[k] = scene.labels()[k];
      }
      canvas.samples(ClassPalette.DRONE.colourise(mask), SIDE, x + SIDE, y, 1);
    }
    for (int i = 0; i < classes.size(); i++) {
      int x = GAP + i % LEGEND_COLUMNS * ((width - GAP) / LEGEND_COLUMNS);
      int y = rows * cellHeight + GAP + i / LEGEND_COLUMNS * LEGEND_LINE;
      canvas.fill(new Color(classes.get(i).argb()), 1, x, y, SWATCH, SWATCH);
      canvas.text(Canvas.LABEL, Canvas.TEXT, classes.get(i).name(), x + SWATCH + 6, y + 12);
    }
    return canvas.image();
  }
}
