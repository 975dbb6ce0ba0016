// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ofp.cli.error.CliException;
import org.ofp.cli.network.Inference;
import org.ofp.models.image.ClassMask;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.image.ImageNormalisation;
import org.ofp.models.image.LogitsComparison;
import org.ofp.models.image.Overlay;
import org.ofp.models.picture.ImageFile;
import org.ofp.models.picture.PngFile;
import org.ofp.models.picture.Resampling;
import org.ofp.models.picture.RgbImage;

/** One image after the other: read, run the network, write what it found. */
public final class Segmenter {
  /** Longer sides need more memory than computers have: about 2 kB a pixel. */
  public static final int MAX_SIDE = 2048;

  /** Classes that fit the grey levels of a picture. */
  public static final int MAX_CLASSES = 256;

  private static final double OVERLAY_OPACITY = 0.5;

  private final Inference network;
  private final Optional<Inference> reference;
  private final ClassPalette palette;
  private final Optional<Integer> size;

  /**
   * @param network what finds the classes
   * @param reference the same network in libtorch, to compare with
   * @param size pixels that the longest side is brought to; empty leaves images as they are
   */
  public Segmenter(Inference network, Optional<Inference> reference, Optional<Integer> size) {
    this.network = network;
    this.reference = reference;
    this.size = size;
    palette = ClassPalettes.of(network.model().classes());
  }

  /**
   * Reads an image and brings it to size.
   *
   * @throws CliException if there is no whole picture in the file, or it is too large
   */
  public RgbImage read(Path file) {
    RgbImage image = ImageFile.read(file);
    int longest = Math.max(image.width(), image.height());
    if (size.isEmpty() && longest > MAX_SIDE) {
      throw CliException.failure(
          file
              + ": "
              + image.width()
              + "×"
              + image.height()
              + " pixels are too large for the network, which takes sides up to "
              + MAX_SIDE
              + "; pass --size 1024 to scale the longest side to that");
    }
    int wanted = size.orElse(longest);
    return Resampling.smooth(
        image, scaled(image.width(), wanted, longest), scaled(image.height(), wanted, longest));
  }

  private static int scaled(int side, int wanted, int longest) {
    return Math.max(1, (int) Math.round((double) side * wanted / longest));
  }

  /**
   * Segments an image and writes the results.
   *
   * @param number of the image, which keys the noise of a simulated device
   */
  public ImageReport segment(Path file, RgbImage image, long number, OutputFiles outputs)
      throws IOException {
    float[] planes = ImageNormalisation.toPlanes(image.pixels());
    int rows = image.height();
    int cols = image.width();
    Inference.Result result = network.run(number, planes, 0, rows, cols);
    Optional<Inference.Result> exact =
        reference.map(electronic -> electronic.run(number, planes, 0, rows, cols));
    int[] mask = ClassMask.argmax(result.logits().values(), palette.size());
    write(outputs, image, mask);
    Optional<LogitsComparison> comparison =
        exact.map(
            electronic ->
                LogitsComparison.of(
                    electronic.logits().values(), result.logits().values(), palette.size()));
    boolean optical = network.engine().optical();
    return new ImageReport(
        file,
        rows,
        cols,
        shares(mask),
        outputs,
        result.frames(),
        optical ? result.seconds() : null,
        result.busySeconds(),
        optical ? exact.map(Inference.Result::seconds).orElse(null) : (Double) result.seconds(),
        comparison.map(LogitsComparison::agreement).orElse(null),
        comparison.map(LogitsComparison::snrDb).orElse(null));
  }

  private void write(OutputFiles outputs, RgbImage image, int[] mask) throws IOException {
    int rows = image.height();
    int cols = image.width();
    int[] colours = palette.colourise(mask);
    PngFile.write(outputs.mask(), new RgbImage(cols, rows, colours));
    PngFile.writeGrey(outputs.classes(), cols, rows, mask);
    int[] overlay = Overlay.blend(image.pixels(), colours, OVERLAY_OPACITY);
    PngFile.write(outputs.overlay(), new RgbImage(cols, rows, overlay));
  }

  private List<ImageReport.ClassShare> shares(int[] mask) {
    int[] pixels = new int[palette.size()];
    for (int index : mask) {
      pixels[index]++;
    }
    List<ImageReport.ClassShare> shares = new ArrayList<>();
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] > 0) {
        ClassPalette.Entry entry = palette.classes().get(i);
        String colour = String.format("#%06x", entry.argb() & 0xffffff);
        shares.add(
            new ImageReport.ClassShare(i, entry.name(), colour, (double) pixels[i] / mask.length));
      }
    }
    shares.sort(Comparator.comparingDouble(ImageReport.ClassShare::share).reversed());
    return shares;
  }
}
