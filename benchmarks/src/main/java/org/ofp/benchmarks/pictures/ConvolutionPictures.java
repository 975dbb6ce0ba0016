// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.ofp.models.picture.ImageFile;
import org.ofp.models.picture.RgbImage;

/**
 * Writes the pictures, from the repository's root:
 *
 * <pre>
 *   java -Xmx2g -cp benchmarks/target/benchmarks.jar \
 *       org.ofp.benchmarks.pictures.ConvolutionPictures docs/optical-convolution examples/photo.jpg
 * </pre>
 */
public final class ConvolutionPictures {
  private static final int SIDE = 512;

  private ConvolutionPictures() {}

  /** Writes the pictures; the arguments are the folder for them and a photograph. */
  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    write(Path.of(args[0]), Path.of(args[1]), SIDE);
  }

  /**
   * @param side of the image for which networks are counted
   */
  static void write(Path folder, Path photograph, int side) throws IOException {
    RgbImage photo = ImageFile.read(photograph);
    Files.createDirectories(folder);
    write(folder, "tiles", TilePicture.draw(photo));
    write(folder, "frame", FramePicture.draw(photo));
    write(folder, "macs", MacChart.draw(side));
  }

  private static void write(Path folder, String name, BufferedImage picture) throws IOException {
    ImageIO.write(picture, "png", folder.resolve(name + ".png").toFile());
  }
}
