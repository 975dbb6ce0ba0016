// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.models.Weights;
import org.ofp.models.io.ElementType;
import org.ofp.models.picture.PngFile;
import org.ofp.models.picture.RgbImage;
import org.ofp.optconv.torch.OpticalContext;

/** A data set that is learned within seconds: noisy rectangles of three colours. */
public final class LabelledPictures {
  public static final int CLASSES = 3;

  private static final int[][] COLOURS = {{60, 120, 50}, {140, 140, 150}, {180, 60, 40}};
  private static final int NOISE = 25;

  private LabelledPictures() {}

  /** Writes pictures, masks and the table of classes. */
  public static void write(Path folder, int count, int side) throws IOException {
    Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("masks"));
    Files.writeString(
        folder.resolve("classes.csv"),
        "name,r,g,b\ngrass,60,120,50\nroad,140,140,150\nroof,180,60,40\n");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < count; i++) {
      int[] mask = mask(side, random);
      String name = String.format("p%03d.png", i);
      PngFile.writeGrey(folder.resolve("masks").resolve(name), side, side, mask);
      PngFile.write(folder.resolve("images").resolve(name), picture(side, mask, random));
    }
  }

  /**
   * Weights that are finite and lead to outputs and a loss that are not: every layer adds up
   * infinities of both signs.
   */
  static String hugeWeights(Path folder) throws IOException {
    Path file = folder.resolve("huge.safetensors");
    try (OpticalContext context = OpticalContext.electronic()) {
      SegmentationModel model = Models.create("unet-efficientnet-b0", CLASSES, context, 3);
      for (Tensor parameter : model.parameters().values()) {
        FloatBuffer values = parameter.createBuffer();
        while (values.hasRemaining()) {
          values.put(values.position() % 2 == 0 ? 3e38f : -3e38f);
        }
      }
      Weights.save(model, file, ElementType.F32);
    }
    return file.toString();
  }

  private static int[] mask(int side, SplittableRandom random) {
    int[] mask = new int[side * side];
    for (int c = 1; c < CLASSES; c++) {
      int top = random.nextInt(side / 2);
      int left = random.nextInt(side / 2);
      int bottom = top + random.nextInt(side / 4, side / 2);
      int right = left + random.nextInt(side / 4, side / 2);
      for (int row = top; row < bottom; row++) {
        for (int col = left; col < right; col++) {
          mask[row * side + col] = c;
        }
      }
    }
    return mask;
  }

  private static RgbImage picture(int side, int[] mask, SplittableRandom random) {
    int[] pixels = new int[mask.length];
    for (int i = 0; i < mask.length; i++) {
      int rgb = 0xFF;
      for (int channel : COLOURS[mask[i]]) {
        rgb = rgb << 8 | channel + random.nextInt(-NOISE, NOISE);
      }
      pixels[i] = rgb;
    }
    return new RgbImage(side, side, pixels);
  }
}
