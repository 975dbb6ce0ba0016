// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.models.data.DataListener;
import org.ofp.models.data.DataOptions;
import org.ofp.models.data.SegmentationData;
import org.ofp.models.evaluation.EvaluatedNetwork;
import org.ofp.models.evaluation.Evaluator;
import org.ofp.models.io.ElementType;
import org.ofp.models.io.SafetensorsFile;
import org.ofp.models.io.WeightsException;
import org.ofp.optconv.torch.OpticalContext;

class ShippedWeightsTest {
  private static final String MODEL = "unet-efficientnet-b0";
  private static final int CLASSES = 23;

  /** The sample pictures' own. */
  private static final int SIDE = 512;

  /** Percent of the pixels. */
  private static final double LEAST_ACCURACY = 85;

  @TempDir Path folder;

  private final ShippedWeights weights = ShippedWeights.of(MODEL).orElseThrow();

  /** The other way to the same numbers: through a file on disk. */
  @Test
  void theyAreThoseOfTheFile() throws IOException {
    SegmentationModel loaded = model(MODEL, CLASSES, 1);
    weights.load(loaded);
    Path file = Files.write(folder.resolve("w.safetensors"), bytes());
    SegmentationModel expected = model(MODEL, CLASSES, 2);
    Weights.load(expected, file);
    expected
        .parameters()
        .forEach(
            (name, tensor) ->
                assertArrayEquals(
                    FloatTensors.values(tensor),
                    FloatTensors.values(loaded.parameters().get(name)),
                    name));
    assertEquals(CLASSES, weights.classes().size());
    assertEquals(MODEL, weights.model());
  }

  @Test
  void theFileIsSmallAndInHalfPrecision() throws IOException {
    byte[] bytes = bytes();
    assertTrue(bytes.length <= 5_000_000, bytes.length + " bytes");
    Path file = Files.write(folder.resolve("w.safetensors"), bytes);
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertTrue(
          read.tensors().values().stream().allMatch(tensor -> tensor.type() == ElementType.F16));
      assertEquals(MODEL, read.metadata().get("model"));
    }
  }

  @Test
  void theHashIsTheFiles() throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes());
    assertEquals(HexFormat.of().formatHex(digest), weights.sha256());
  }

  /**
   * They are for the pictures that are shipped with them, of scenes that they were not trained on;
   * random weights, or another order of the classes, are right by chance only.
   */
  @Test
  void theyFindWhatIsInTheSamplePictures() {
    try (OpticalContext context = OpticalContext.electronic();
        SegmentationData scenes =
            SegmentationData.open(
                Path.of("../examples/scenes"),
                new DataOptions(0, SIDE, 0, null),
                DataListener.NONE)) {
      SegmentationModel trained = model(MODEL, CLASSES, 1);
      weights.load(trained);
      EvaluatedNetwork shipped = new EvaluatedNetwork(trained, context);
      EvaluatedNetwork untrained = new EvaluatedNetwork(model(MODEL, CLASSES, 1), context);
      Evaluator.run(scenes.all(), 0, 1, List.of(shipped, untrained), (batch, first, logits) -> {});
      double accuracy = shipped.metrics().pixelAccuracy();
      double chance = untrained.metrics().pixelAccuracy();
      System.out.printf("right: %.1f %% of the pixels, untrained %.1f %%%n", accuracy, chance);
      assertTrue(accuracy >= LEAST_ACCURACY, () -> accuracy + " % of the pixels are right");
      assertTrue(chance < LEAST_ACCURACY, () -> chance + " % are right by chance");
      assertEquals(scenes.classes().names(), weights.classes().names());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fcn8-vgg16", "unet-vgg16", "unet", "", "../weights/" + MODEL})
  void otherModelsHaveNone(String model) {
    assertEquals(Optional.empty(), ShippedWeights.of(model));
  }

  @Test
  void whatTheyDoNotFitKeepsWhatItHad() {
    SegmentationModel other = model(MODEL, CLASSES - 1, 1);
    float[] before = first(other);
    WeightsException refusal = assertThrows(WeightsException.class, () -> weights.load(other));
    assertTrue(
        refusal.getMessage().contains(MODEL + ".safetensors does not fit"), refusal.getMessage());
    assertFalse(refusal.misshaped().isEmpty());
    assertArrayEquals(before, first(other));
  }

  private static float[] first(SegmentationModel model) {
    Tensor parameter = model.parameters().values().iterator().next();
    return FloatTensors.values(parameter);
  }

  private static SegmentationModel model(String name, int classes, long seed) {
    return Models.create(name, classes, OpticalContext.electronic(), seed);
  }

  private static byte[] bytes() throws IOException {
    try (InputStream resource =
        ShippedWeights.class.getResourceAsStream("weights/" + MODEL + ".safetensors")) {
      return resource.readAllBytes();
    }
  }
}
