// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.cli.network.Engine;
import org.ofp.cli.network.Inference;
import org.ofp.cli.term.Terminal;
import org.ofp.models.Models;
import org.ofp.models.picture.Pictures;

/** What is thrown in the middle of a picture. */
class BatchTest {
  private static final String TORCH =
      "[enforce fail at alloc_cpu.cpp:114] DefaultCPUAllocator: can't allocate memory";

  @TempDir Path folder;

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"heap", "torch", "overflow"})
  void whatOnePictureBringsAboutDoesNotStopTheOthers(String kind) throws IOException {
    Summary summary = run(3, kind);
    String err = told.toString(StandardCharsets.UTF_8);
    assertEquals(2, summary.images().size(), err);
    assertEquals(List.of(), summary.pending());
    assertEquals(folder.resolve("0.png"), summary.failed().get(0).image());
    assertTrue(err.contains("0.png: " + summary.failed().get(0).reason()), err);
    assertTrue(Files.exists(folder.resolve("out/summary.json")));
  }

  @Test
  void whatNoPictureBringsAboutEndsTheWork() {
    IllegalStateException thrown =
        assertThrows(IllegalStateException.class, () -> run(2, "defect"));
    assertEquals("defect", thrown.getMessage());
  }

  @Test
  void aPictureAloneThrowsWhatItIs() {
    OutOfMemoryError thrown = assertThrows(OutOfMemoryError.class, () -> run(1, "heap"));
    assertEquals("Java heap space", thrown.getMessage());
  }

  /** The picture is gone when its page is made; its hash is of when it was read. */
  @Test
  void aPictureThatIsDeletedMeanwhileIsReported() throws IOException {
    List<FileHashes> hashes = new ArrayList<>();
    Path file = picture(0);
    try (Engine engine = Engine.electronic()) {
      Batch batch = batch(engine, List.of(file));
      batch.run(
          Files.createDirectories(folder.resolve("out")),
          () -> file.toFile().delete(),
          new Batch.Listener() {
            @Override
            public void segmented(PictureResult result) {
              hashes.add(result.hashes());
            }
          });
      assertEquals(1, batch.summary().images().size());
    }
    assertEquals(64, hashes.get(0).picture().length());
    assertTrue(hashes.get(0).truth().isEmpty());
  }

  /** Segments pictures, in the first of which something happens after a layer. */
  private Summary run(int count, String kind) throws IOException {
    List<Path> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pictures.add(picture(i));
    }
    try (Engine engine = Engine.electronic()) {
      Batch batch = batch(engine, pictures);
      int[] layers = {0};
      batch.run(
          Files.createDirectories(folder.resolve("out")),
          () -> {
            if (++layers[0] == 2) {
              happen(kind);
            }
          },
          new Batch.Listener() {});
      return batch.summary();
    }
  }

  private static void happen(String kind) {
    switch (kind) {
      case "heap" -> throw new OutOfMemoryError("Java heap space");
      case "torch" -> throw new RuntimeException(TORCH);
      case "overflow" -> throw new ArithmeticException("integer overflow");
      default -> throw new IllegalStateException(kind);
    }
  }

  private Batch batch(Engine engine, List<Path> pictures) {
    Terminal terminal = Terminal.of(OutputStream.nullOutputStream(), told, false, Map.of());
    Inference network =
        new Inference(engine, Models.create("unet-efficientnet-b0", 3, engine.context(), 0));
    return new Batch(
        terminal,
        new PictureReader(Optional.empty(), Optional.empty()),
        new Segmenter(network, Optional.empty(), new Segmenter.Tiling(256, 64), terminal),
        new Summary.Setup("unet-efficientnet-b0", null, null, "none"),
        pictures,
        0);
  }

  private Path picture(int number) throws IOException {
    return Files.write(
        folder.resolve(number + ".png"),
        Pictures.png(Pictures.noise(32, 32, BufferedImage.TYPE_INT_RGB)));
  }
}
