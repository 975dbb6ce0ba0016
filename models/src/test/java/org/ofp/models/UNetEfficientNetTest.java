// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.optconv.torch.OpticalContext;

/** The network against the independent implementation in src/test/python. */
class UNetEfficientNetTest {
  // Both sides compute in float32, in another order. Rounding, 6e-8 per operation, grows like the
  // square root of the some 60 layers, and where normalisation divides by a small deviation.
  private static final double TOLERANCE = 1e-5;

  @Test
  void hasTheArticlesParametersInItsOrder() {
    SegmentationModel model = Reference.model();
    List<String> expected = new ArrayList<>();
    for (Reference.Parameter p : Reference.parameters()) {
      if (p.reached()) {
        expected.add(p.name() + " " + p.shape());
      }
    }
    assertEquals(expected, Reference.describe(model.parameters()));
    assertEquals(1_992_175, model.parameterCount());
  }

  @Test
  void knowsTheParametersThatTheForwardPassDoesNotReach() {
    Map<String, long[]> ignorable = Reference.model().ignorableParameters();
    List<Reference.Parameter> unreached =
        Reference.parameters().stream().filter(p -> !p.reached()).toList();
    assertEquals(
        unreached.stream().map(Reference.Parameter::name).toList(),
        List.copyOf(ignorable.keySet()));
    unreached.forEach(
        p -> assertEquals(p.shape(), Reference.boxed(ignorable.get(p.name())), p.name()));
    long all = Reference.parameters().stream().mapToLong(Reference.Parameter::size).sum();
    assertEquals(4_735_755, all);
  }

  @Test
  void everyConvolutionIsALayerOfItsOwn() {
    SegmentationModel model = Reference.model();
    List<String> convolutionWeights =
        model.parameters().entrySet().stream()
            .filter(p -> p.getValue().dim() == 4)
            .map(p -> p.getKey())
            .toList();
    assertEquals(
        convolutionWeights,
        model.convolutions().keySet().stream().map(layer -> layer + ".weight").toList());
    // stem; block 0 without expansion: 4 convolutions; ten blocks of 5; 5 double convolutions; head
    assertEquals(1 + 4 + 10 * 5 + 5 * 2 + 1, convolutionWeights.size());
  }

  @ParameterizedTest
  @CsvSource({"64, 1", "96, 3", "224, 7"})
  void computesTheReferencesLogits(int size, int step) {
    float[] expected = Reference.logits(size);
    float[] logits = Reference.samples(Reference.model(), size, step);
    assertEquals(expected.length, logits.length);
    double error = Reference.relativeError(expected, logits);
    System.out.printf("size %d: relative error %.2e%n", size, error);
    assertTrue(error <= TOLERANCE, () -> "relative error " + error);
  }

  /** Every k×k convolution through the light, every 1×1 on the pointwise engine. */
  @ParameterizedTest
  @CsvSource({"64, 1", "96, 3", "224, 7"})
  void computesTheReferencesLogitsOnAnExactDevice(int size, int step) {
    double error = errorOn("sim:ideal", size, step);
    System.out.printf("size %d on sim:ideal: relative error %.2e%n", size, error);
    // Required is 1e-4: 22 optical layers of about 2e-7 each, amplified by the normalisations.
    assertTrue(error <= 1e-4, () -> "relative error " + error);
  }

  /** Control: the same on a device with a 6-bit converter is far off. */
  @Test
  void aCoarseDeviceShows() {
    double error = errorOn("sim:ideal?adc.bits=6", 64, 1);
    assertTrue(error > 1e-2, () -> "relative error " + error);
  }

  private static double errorOn(String uri, int size, int step) {
    try (OpticalFourierDevice device = Devices.open(uri);
        OpticalContext context = OpticalContext.on(device)) {
      float[] logits = Reference.samples(Reference.model(context), size, step);
      assertTrue(context.frames() > 0, "nothing ran on the device");
      return Reference.relativeError(Reference.logits(size), logits);
    }
  }

  /** Control: the tolerance is tight enough to see a change of a single weight, deep or shallow. */
  @Test
  void aChangeOfOneParameterShows() {
    SegmentationModel model = Reference.model();
    float[] expected = Reference.logits(64);
    for (String name :
        List.of(
            "optical_encoder.blocks.0.conv.1.se_reduce.weight",
            "optical_encoder.blocks.10.conv.0.0.weight",
            "inc.double_conv.3.weight",
            "up1.conv.double_conv.1.bias",
            "outc.conv.weight")) {
      FloatBuffer values = model.parameters().get(name).createBuffer();
      float original = values.get(0);
      values.put(0, original + 0.1f);
      double error = Reference.relativeError(expected, Reference.samples(model, 64, 1));
      values.put(0, original);
      assertTrue(error > TOLERANCE, () -> name + ": relative error " + error);
    }
  }

  @Test
  void imagesOfABatchDoNotInfluenceEachOther() {
    SegmentationModel model = Reference.model();
    Tensor image = Reference.image(64);
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

  @Test
  void gradientsReachEveryParameter() {
    SegmentationModel model = Reference.model();
    model.forward(Reference.image(64)).sum().backward();
    model.parameters().forEach((name, p) -> assertTrue(p.grad().defined(), name));
  }

  @Test
  void trainingDropsBranchesAtRandom() {
    OpticalContext context = OpticalContext.electronic();
    SegmentationModel model = Reference.model(context);
    Tensor image = Reference.image(64);
    float[] evaluated = FloatTensors.values(model.infer(image));
    model.train(true);
    double largest = 0;
    for (int i = 0; i < 20; i++) { // the chance that no branch of one pass is dropped is 0.57
      context.firstImage(i);
      float[] trained = FloatTensors.values(model.infer(image));
      largest = Math.max(largest, Reference.relativeError(evaluated, trained));
    }
    assertTrue(largest > 0.01, "some branch was dropped");
    model.train(false);
    assertEquals(0, Reference.relativeError(evaluated, FloatTensors.values(model.infer(image))));
  }
}
