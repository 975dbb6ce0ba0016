// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.models.Weights;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.io.ElementType;
import org.ofp.optconv.torch.OpticalContext;

/**
 * Makes the file of weights that is shipped from the one that training wrote: the same in half
 * precision, half as large.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar \
 *       org.ofp.benchmarks.ShippedWeightsFile run/best.safetensors \
 *       models/src/main/resources/org/ofp/models/weights/unet-efficientnet-b0.safetensors
 * </pre>
 */
public final class ShippedWeightsFile {
  private static final String MODEL = "unet-efficientnet-b0";

  private ShippedWeightsFile() {}

  /** Reads the first file and writes the second. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: ShippedWeightsFile TRAINED.safetensors SHIPPED.safetensors");
      System.exit(2);
    }
    try (OpticalContext context = OpticalContext.electronic()) {
      SegmentationModel model = Models.create(MODEL, ClassPalette.DRONE.size(), context, 0);
      Weights.load(model, Path.of(args[0]));
      Weights.save(model, Path.of(args[1]), ElementType.F16);
    }
  }
}
