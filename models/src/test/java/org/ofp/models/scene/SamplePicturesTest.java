// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.scene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ofp.models.picture.ImageFile;
import org.ofp.models.picture.RgbImage;

/** The sample pictures of the repository are what the command in their guide draws. */
class SamplePicturesTest {
  private static final Path SAMPLES = Path.of("../examples/scenes");
  private static final Pattern COMMAND =
      Pattern.compile(
          "ofp dataset --out examples/scenes --count (\\d+) --size (\\d+) --seed (\\d+)"
              + " --ground (\\d+)-(\\d+)");

  @TempDir Path folder;

  @Test
  void theGuidesCommandDrawsThem() throws IOException {
    Matcher command = COMMAND.matcher(Files.readString(Path.of("../docs/SCENES.md")));
    assertTrue(command.find(), "the guide has the command");
    int count = Integer.parseInt(command.group(1));
    SceneOptions options =
        new SceneOptions(
            Integer.parseInt(command.group(2)),
            Double.parseDouble(command.group(4)),
            Double.parseDouble(command.group(5)));
    SceneGenerator scenes = SceneGenerator.of(Long.parseLong(command.group(3)), options);
    SceneFolder.write(folder, scenes, count, () -> {});
    for (int i = 0; i < count; i++) {
      String mask = "label_images_semantic/00" + i + ".png";
      assertArrayEquals(read(folder, mask).pixels(), read(SAMPLES, mask).pixels(), mask);
      String picture = "original_images/00" + i + ".jpg";
      // JPEG encoders of other JDKs may round otherwise; another picture would be 30 away.
      double difference = greenDifference(read(folder, picture), read(SAMPLES, picture));
      assertTrue(difference < 2, picture + " differs by " + difference);
    }
    try (Stream<Path> pictures = Files.list(SAMPLES.resolve("original_images"))) {
      assertEquals(count, pictures.count());
    }
    String table = "class_dict_seg.csv";
    assertEquals(-1, Files.mismatch(folder.resolve(table), SAMPLES.resolve(table)));
  }

  private static RgbImage read(Path folder, String file) {
    return ImageFile.read(folder.resolve(file));
  }

  /** Mean over the pixels, in grey levels. */
  private static double greenDifference(RgbImage a, RgbImage b) {
    assertEquals(a.pixels().length, b.pixels().length);
    double sum = 0;
    for (int i = 0; i < a.pixels().length; i++) {
      sum += Math.abs((a.pixels()[i] >> 8 & 255) - (b.pixels()[i] >> 8 & 255));
    }
    return sum / a.pixels().length;
  }
}
