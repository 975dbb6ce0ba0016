// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.models.io.ElementType;
import org.ofp.models.network.Scoped;
import org.ofp.optconv.torch.OpticalContext;

/**
 * What holds for each network on VGG16, mostly against the independent implementation in
 * src/test/python. Its tests share one model: they leave it as they find it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class VggNetworkContract {
  // The reference's own float32 logits are 4e-7 to 1e-6 from those it computes in float64; another
  // order of the sums is another such step. A pooling in which two values are that close could
  // change sides; the reference's images have none (see closest_race there).
  private static final double TOLERANCE = 1e-5;

  final String name;
  final SegmentationModel model;
  private final long parameterCount;
  private final List<String> probes;

  /**
   * @param parameterCount as the article has it, for 23 classes
   * @param probes parameters from all parts of the network
   */
  VggNetworkContract(String name, long parameterCount, List<String> probes) {
    this.name = name;
    this.parameterCount = parameterCount;
    this.probes = probes;
    model = Reference.model(name, OpticalContext.electronic());
  }

  @Test
  void hasTheArticlesParametersInItsOrder() {
    List<String> expected =
        Reference.parameters(name).stream()
            .filter(p -> !p.isSecondName())
            .map(p -> p.name() + " " + p.shape())
            .toList();
    assertEquals(expected, Reference.describe(model.parameters()));
    assertEquals(parameterCount, model.parameterCount());
  }

  @ParameterizedTest
  @CsvSource({"32, 3", "64, 5"})
  void computesTheReferencesLogits(int size, int step) {
    double error = error(size, step);
    System.out.printf("%s, size %d: relative error %.2e%n", name, size, error);
    assertTrue(error <= TOLERANCE, () -> "relative error " + error);
  }

  @Test
  void computesTheReferencesLogitsOnAnExactDevice() {
    try (OpticalFourierDevice device = Devices.open("sim:ideal");
        OpticalContext context = OpticalContext.on(device)) {
      float[] logits = Reference.samples(Reference.model(name, context), 32, 3);
      double error = Reference.relativeError(Reference.logits(name, 32), logits);
      System.out.printf("%s, size 32 on sim:ideal: relative error %.2e%n", name, error);
      assertTrue(context.frames() > 0, "nothing ran on the device");
      // Required is 1e-4: some 20 optical layers of about 2e-7 each, amplified by normalisations.
      assertTrue(error <= 1e-4, () -> "relative error " + error);
    }
  }

  /** Control: the tolerance is tight enough to see a change of a single weight anywhere. */
  @Test
  void aChangeOfOneParameterShows() {
    for (String probe : probes) {
      Tensor parameter = model.parameters().get(probe);
      FloatBuffer values = parameter.createBuffer();
      // of a kernel the middle tap: where maps are small, the others see little but padding
      int at = parameter.dim() == 4 ? (int) (parameter.size(2) * parameter.size(3) / 2) : 0;
      float original = values.get(at);
      values.put(at, original + 0.1f);
      double error = error(64, 5);
      values.put(at, original);
      assertTrue(error > TOLERANCE, () -> probe + ": relative error " + error);
    }
  }

  @Test
  void imagesOfABatchDoNotInfluenceEachOther() {
    Tensor image = Reference.image(32);
    Tensor flipped = image.flip(2);
    float[] batch =
        FloatTensors.values(model.infer(torch.cat(new TensorVector(image, flipped), 0)));
    float[] first = FloatTensors.values(model.infer(image));
    float[] second = FloatTensors.values(model.infer(flipped));
    // not bit by bit: libtorch picks its kernels by the size of the batch
    float[] head = Arrays.copyOf(batch, first.length);
    float[] tail = Arrays.copyOfRange(batch, first.length, batch.length);
    assertEquals(0, Reference.relativeError(first, head), TOLERANCE);
    assertEquals(0, Reference.relativeError(second, tail), TOLERANCE);
    assertTrue(Reference.relativeError(first, second) > 0.1, "the two images differ");
  }

  @ParameterizedTest
  @CsvSource({"33, 64", "20, 70", "1, 1"})
  void takesImagesOfAnySize(int rows, int cols) {
    Tensor logits = model.infer(torch.zeros(1, 3, rows, cols));
    assertArrayEquals(new long[] {1, Reference.CLASSES, rows, cols}, logits.shape());
  }

  /** Cutting a mirror-symmetric image at its axis changes nothing: the padding restores it. */
  @Test
  void paddingMirrorsTheImage() {
    Tensor cut = Reference.image(32).narrow(2, 0, 17).contiguous(); // rows 17..31 mirror 15..1
    Tensor whole = torch.cat(new TensorVector(cut, cut.narrow(2, 1, 15).flip(2)), 2);
    float[] expected = FloatTensors.values(model.infer(whole).narrow(2, 0, 17).contiguous());
    assertArrayEquals(expected, FloatTensors.values(model.infer(cut)));
  }

  @Test
  void gradientsReachTheParametersThatTheyReachInPyTorch() {
    model.forward(Reference.image(32)).sum().backward();
    Set<String> reached = new TreeSet<>();
    model
        .parameters()
        .forEach(
            (parameter, tensor) -> {
              if (tensor.grad().defined()) {
                reached.add(parameter);
              }
            });
    Set<String> expected = new TreeSet<>();
    for (Reference.Parameter p : Reference.parameters(name)) {
      if (p.reached()) {
        expected.add(p.name());
      }
    }
    assertEquals(expected, reached);
  }

  @Test
  void savedWeightsLoadBitByBit(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("weights.safetensors");
    Weights.save(model, file, ElementType.F32);
    Scoped.withoutGradients(
        () -> {
          model.parameters().values().forEach(Tensor::zero_);
          return null;
        });
    Weights.load(model, file);
    SegmentationModel expected = Reference.model(name, OpticalContext.electronic());
    expected
        .parameters()
        .forEach((key, tensor) -> assertTrue(tensor.equal(model.parameters().get(key)), key));
  }

  private double error(int size, int step) {
    float[] logits = Reference.samples(model, size, step);
    return Reference.relativeError(Reference.logits(name, size), logits);
  }
}
