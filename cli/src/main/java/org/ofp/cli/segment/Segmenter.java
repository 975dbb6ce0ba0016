// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ofp.cli.error.CliException;
import org.ofp.cli.network.Inference;
import org.ofp.cli.term.Progress;
import org.ofp.cli.term.Terminal;
import org.ofp.models.image.ClassPalette;
import org.ofp.models.image.LogitsComparer;
import org.ofp.models.image.LogitsComparison;
import org.ofp.models.image.Overlay;
import org.ofp.models.picture.PngFile;
import org.ofp.models.picture.RgbImage;
import org.ofp.models.tiling.TileBlend;
import org.ofp.models.tiling.TileGrid;
import org.ofp.models.tiling.TiledSegmentation;

/** From a picture to what is where in it, and to files that show it. Not thread-safe. */
public final class Segmenter {
  /** Classes that fit the grey levels of a picture. */
  public static final int MAX_CLASSES = 256;

  private static final double OVERLAY_OPACITY = 0.5;

  private final Inference network;
  private final Optional<Inference> reference;
  private final Tiling tiling;
  private final Terminal terminal;
  private final ClassPalette palette;

  /**
   * How pictures are cut, see {@link TileGrid}.
   *
   * @param tile the longest side of a tile in pixels
   * @param overlap pixels that neighbours share at least
   */
  public record Tiling(int tile, int overlap) {}

  /**
   * @param network what finds the classes
   * @param reference the same network in libtorch, to compare with
   * @throws CliException if the network tells too many classes apart
   */
  public Segmenter(
      Inference network, Optional<Inference> reference, Tiling tiling, Terminal terminal) {
    this.network = network;
    this.reference = reference;
    this.tiling = tiling;
    this.terminal = terminal;
    if (network.model().classes() > MAX_CLASSES) {
      throw CliException.failure(
          "masks show up to "
              + MAX_CLASSES
              + " classes, this network tells "
              + network.model().classes()
              + " apart; use 'ofp forward'");
    }
    palette = ClassPalettes.of(network.model().classes());
  }

  /** The classes' names and colours. */
  public ClassPalette palette() {
    return palette;
  }

  /** In how many tiles a picture goes through the network. */
  public int tiles(RgbImage image) {
    return grid(image).count();
  }

  private TileGrid grid(RgbImage image) {
    return TileGrid.of(image.height(), image.width(), tiling.tile(), tiling.overlap());
  }

  /**
   * Segments a picture and writes the results.
   *
   * @param firstImage number of its first tile, which keys the noise of a simulated device; the
   *     others count on
   * @param check called after every layer; what it throws ends the work, before a file is written
   * @throws CliException if the network cannot take the picture or gives NaN, or the Java heap
   *     cannot hold what blending the tiles takes
   */
  public PictureResult segment(
      PictureReader.Picture picture, long firstImage, OutputFiles outputs, Runnable check)
      throws IOException {
    TileGrid grid = grid(picture.image());
    requireMemory(picture, grid, Runtime.getRuntime().maxMemory());
    int layers = network.model().layerCount() * (reference.isPresent() ? 2 : 1);
    LogitsComparer comparer = new LogitsComparer();
    List<NetworkPass> passes = new ArrayList<>();
    try (Progress progress = Progress.start(terminal, "layers", (long) layers * grid.count())) {
      Runnable afterLayer =
          () -> {
            progress.advance(1);
            check.run();
          };
      passes.add(new NetworkPass(network, picture, firstImage, afterLayer));
      reference.ifPresent(
          exact -> passes.add(new NetworkPass(exact, picture, firstImage, afterLayer)));
      TiledSegmentation.run(
          picture.image(),
          grid,
          palette.size(),
          passes,
          (region, logits) -> {
            int[] own = passes.get(0).finish(region, logits.get(0));
            if (reference.isPresent()) {
              int[] exact = passes.get(1).finish(region, logits.get(1));
              comparer.add(logits.get(1), exact, logits.get(0), own);
            }
          });
    }
    NetworkPass own = passes.get(0);
    write(outputs, picture.image(), own.classes());
    Optional<NetworkPass> exact = reference.map(any -> passes.get(1));
    ImageReport report =
        report(picture, grid, firstImage, outputs, own, exact, exact.map(any -> comparer.result()));
    return new PictureResult(
        picture.file(),
        picture.image(),
        palette,
        own.classes(),
        exact.map(NetworkPass::classes),
        picture.truth(),
        report,
        picture.hashes());
  }

  /** What is alive all through a picture, so that one which might fit is not refused. */
  private void requireMemory(PictureReader.Picture picture, TileGrid grid, long heap) {
    int networks = reference.isPresent() ? 2 : 1;
    long sums = TileBlend.kept(grid, palette.size());
    long pixels = picture.image().pixels().length;
    long needed = networks * (Float.BYTES * sums + pixels) + Integer.BYTES * pixels;
    if (sums > Integer.MAX_VALUE || needed > heap) {
      throw CliException.failure(
          String.format(
              "%s: %d×%d pixels in tiles of %d×%d need %d MiB and more of the Java heap, which is"
                  + " limited to %d; choose a smaller --tile and --overlap, or a smaller --size",
              picture.file(),
              grid.cols(),
              grid.rows(),
              grid.tile(0).cols(),
              grid.tile(0).rows(),
              needed >> 20,
              heap >> 20));
    }
  }

  private ImageReport report(
      PictureReader.Picture picture,
      TileGrid grid,
      long firstImage,
      OutputFiles outputs,
      NetworkPass own,
      Optional<NetworkPass> exact,
      Optional<LogitsComparison> comparison) {
    boolean optical = network.engine().optical();
    return new ImageReport(
        picture.file(),
        grid.rows(),
        grid.cols(),
        shares(own.classes()),
        outputs,
        own.frames(),
        optical ? own.seconds() : null,
        own.busySeconds(),
        optical ? exact.map(NetworkPass::seconds).orElse(null) : (Double) own.seconds(),
        comparison.map(LogitsComparison::agreement).orElse(null),
        comparison.map(LogitsComparison::snrDb).orElse(null),
        firstImage,
        grid.count(),
        picture.truth().map(truth -> scores(truth, own, exact)).orElse(null));
  }

  private TruthScores scores(byte[] truth, NetworkPass own, Optional<NetworkPass> exact) {
    TruthScorer scorer = new TruthScorer(palette);
    scorer.add(truth, own.classes(), exact.map(NetworkPass::classes));
    return scorer.scores();
  }

  private void write(OutputFiles outputs, RgbImage image, byte[] classes) throws IOException {
    int rows = image.height();
    int cols = image.width();
    int[] colours = palette.colourise(classes);
    PngFile.write(outputs.mask(), new RgbImage(cols, rows, colours));
    PngFile.writeGrey(outputs.classes(), cols, rows, classes);
    int[] overlay = Overlay.blend(image.pixels(), colours, OVERLAY_OPACITY);
    PngFile.write(outputs.overlay(), new RgbImage(cols, rows, overlay));
  }

  private List<ImageReport.ClassShare> shares(byte[] classes) {
    int[] pixels = new int[palette.size()];
    for (byte index : classes) {
      pixels[index & 0xFF]++;
    }
    List<ImageReport.ClassShare> shares = new ArrayList<>();
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] > 0) {
        ClassPalette.Entry entry = palette.classes().get(i);
        double share = (double) pixels[i] / classes.length;
        shares.add(new ImageReport.ClassShare(i, entry.name(), entry.hex(), share));
      }
    }
    shares.sort(Comparator.comparingDouble(ImageReport.ClassShare::share).reversed());
    return shares;
  }
}
