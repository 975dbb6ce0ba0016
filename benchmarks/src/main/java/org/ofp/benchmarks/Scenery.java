// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.ofp.models.data.DataListener;
import org.ofp.models.data.DataOptions;
import org.ofp.models.data.SegmentationData;
import org.ofp.models.scene.SceneFolder;
import org.ofp.models.scene.SceneGenerator;
import org.ofp.models.scene.SceneOptions;

/** A data set on the disk, made for a benchmark and removed after it. */
final class Scenery implements AutoCloseable {
  private final Path folder;
  private final SegmentationData data;

  private Scenery(Path folder, SegmentationData data) {
    this.folder = folder;
    this.data = data;
  }

  /**
   * Scenes of which 80 % are for training.
   *
   * @param count how many
   */
  static Scenery of(int count, SceneOptions options) throws IOException {
    Path folder = Files.createTempDirectory("ofp-scenery");
    Path pictures = folder.resolve("data");
    SceneFolder.write(pictures, SceneGenerator.of(1, options), count, () -> {});
    return new Scenery(
        folder, SegmentationData.open(pictures, DataOptions.DEFAULT, DataListener.NONE));
  }

  /** The pictures, opened. */
  SegmentationData data() {
    return data;
  }

  /** Another folder, which is removed too. */
  Path folder(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() throws IOException {
    data.close();
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
