// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ofp.cli.network.Engine;
import org.ofp.cli.network.Inference;
import org.ofp.cli.network.PeakMemory;
import org.ofp.cli.segment.ImageReport;
import org.ofp.cli.segment.OutputFiles;
import org.ofp.cli.segment.PictureReader;
import org.ofp.cli.segment.Segmenter;
import org.ofp.cli.term.Quantity;
import org.ofp.cli.term.Terminal;
import org.ofp.device.DeviceUri;
import org.ofp.models.Models;
import org.ofp.models.picture.PngFile;
import org.ofp.models.picture.RgbImage;
import org.ofp.models.scene.LabelledPicture;
import org.ofp.models.scene.SceneGenerator;
import org.ofp.models.scene.SceneOptions;

/**
 * Time and peak memory of {@code ofp segment} on a picture as large as those of the Semantic Drone
 * Dataset, 6000×4000 pixels of drawn scenes side by side; on a device it compares too. The network
 * is untrained, which changes neither figure.
 *
 * <pre>
 *   MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=1073741824 OMP_WAIT_POLICY=PASSIVE \
 *       java -XX:+UseParallelGC -Xmx2g -Dorg.bytedeco.javacpp.maxBytes=4g \
 *       -Dorg.bytedeco.javacpp.maxPhysicalBytes=8g -cp benchmarks/target/benchmarks.jar \
 *       org.ofp.benchmarks.LargePictureReport [DEVICE [TILE [COLSxROWS]]]
 * </pre>
 */
public final class LargePictureReport {
  private static final String MODEL = "unet-efficientnet-b0";
  private static final int CLASSES = 23;
  private static final int SCENE = 1000;

  private LargePictureReport() {}

  /** Prints the report; by default without a device, in tiles of 1024, for 6000×4000 pixels. */
  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    String[] size = (args.length > 2 ? args[2] : "6000x4000").split("x", -1);
    run(
        System.out,
        args.length > 0 ? args[0] : "none",
        args.length > 1 ? Integer.parseInt(args[1]) : 1024,
        SCENE,
        Integer.parseInt(size[0]) / SCENE,
        Integer.parseInt(size[1]) / SCENE);
  }

  /**
   * @param scene side of a scene
   * @param across scenes side by side
   * @param down scenes below each other
   */
  static void run(PrintStream out, String device, int tile, int scene, int across, int down)
      throws IOException {
    Path folder = Files.createTempDirectory("ofp-large-picture");
    try {
      Path file = folder.resolve("large.png");
      PngFile.write(file, drawn(scene, across, down));
      PeakMemory.bytes().ifPresent(bytes -> print(out, "peak memory before", bytes));
      long start = System.nanoTime();
      ImageReport report = segment(device, tile, file);
      double seconds = (System.nanoTime() - start) * 1e-9;
      out.printf(
          "%d×%d pixels in %s of up to %d, on %s%n",
          report.cols(), report.rows(), Quantity.count(report.tiles(), "tile"), tile, device);
      out.printf("whole work %s%n", Quantity.seconds(seconds));
      if (report.deviceSeconds() != null) {
        out.printf("network on the device %s%n", Quantity.seconds(report.deviceSeconds()));
        out.printf("agreement %s%n", Quantity.percent(report.agreement()));
      }
      out.printf("network electronically %s%n", Quantity.seconds(report.electronicSeconds()));
      PeakMemory.bytes().ifPresent(bytes -> print(out, "peak memory", bytes));
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static ImageReport segment(String device, int tile, Path file) throws IOException {
    Optional<DeviceUri> uri =
        device.equals("none") ? Optional.empty() : Optional.of(DeviceUri.parse(device));
    try (Engine engine = Engine.open(uri);
        Engine electronic = Engine.electronic()) {
      Segmenter segmenter =
          new Segmenter(
              network(engine),
              uri.map(any -> network(electronic)),
              new Segmenter.Tiling(tile, tile / 8),
              Terminal.ofProcess());
      PictureReader reader = new PictureReader(Optional.empty(), Optional.empty());
      OutputFiles outputs = OutputFiles.in(file.getParent(), List.of(file), List.of()).get(0);
      return segmenter.segment(reader.read(file), 0, outputs, () -> {}).report();
    }
  }

  private static Inference network(Engine engine) {
    return new Inference(engine, Models.create(MODEL, CLASSES, engine.context(), 1));
  }

  private static RgbImage drawn(int scene, int across, int down) {
    SceneGenerator generator = SceneGenerator.of(1, SceneOptions.of(scene));
    int width = across * scene;
    int[] pixels = new int[width * down * scene];
    IntStream.range(0, across * down)
        .parallel()
        .forEach(
            index -> {
              LabelledPicture picture = generator.scene(index);
              int at = index / across * scene * width + index % across * scene;
              for (int row = 0; row < scene; row++) {
                System.arraycopy(picture.rgb(), row * scene, pixels, at + row * width, scene);
              }
            });
    return new RgbImage(width, down * scene, pixels);
  }

  private static void print(PrintStream out, String what, long bytes) {
    out.printf(Locale.ROOT, "%s %.2f GB%n", what, bytes * 1e-9);
  }
}
