// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.ofp.optconv.torch.OpticalContext;

class ModelsTest {
  @Test
  void anUnknownNameNamesTheNearest() {
    assertEquals(
        "unknown model 'unet-eficientnet' (did you mean 'unet-efficientnet-b0'?);"
            + " available: fcn8-vgg16, segnet-vgg16, unet-efficientnet-b0, unet-vgg16,"
            + " unet-vgg16-transposed",
        refusal("unet-eficientnet"));
    assertTrue(refusal("segnet").contains("'segnet-vgg16'"));
  }

  @Test
  void aModelHasAtLeastOneClass() {
    assertThrows(IllegalArgumentException.class, () -> create(0, 1));
    assertEquals(1, create(1, 1).infer(torch.zeros(1, 3, 16, 16)).size(1));
  }

  @Test
  void theSeedAloneDecidesTheWeights() {
    torch.manual_seed(1);
    SegmentationModel first = create(5, 42);
    torch.manual_seed(2);
    SegmentationModel same = create(5, 42);
    SegmentationModel other = create(5, 43);
    SegmentationModel moreClasses = create(6, 42);
    for (String name : first.parameters().keySet()) {
      float[] values = parameter(first, name);
      assertArrayEquals(values, parameter(same, name), name);
      boolean drawn = values[0] != 0 && values[0] != 1;
      assertEquals(drawn, values[0] != parameter(other, name)[0], name);
      if (!name.startsWith("outc.")) {
        assertArrayEquals(values, parameter(moreClasses, name), name);
      }
    }
  }

  /**
   * Uniform in ±1/√fan-in has variance 1/(3·fan-in); with n values its estimate varies by √(0.8/n).
   */
  @Test
  void weightsHavePyTorchsDistribution() {
    SegmentationModel model = create(23, 7);
    for (String name :
        List.of("inc.double_conv.3.weight", "optical_encoder.blocks.8.conv.1.0.weight")) {
      assertUniform(model, name, 1);
    }
    assertEquals(1, parameter(model, "inc.double_conv.1.weight")[0]);
    assertEquals(0, parameter(model, "inc.double_conv.1.bias")[0]);
    float bias = parameter(model, "inc.double_conv.0.bias")[0];
    assertTrue(bias != 0 && Math.abs(bias) <= 1 / Math.sqrt(27));
  }

  /** PyTorch's kaiming_uniform_ for ReLU has the bound √(6/fan-in). */
  @Test
  void theVggEncoderIsInitialisedForRelu() {
    SegmentationModel model = Models.create("fcn8-vgg16", 23, OpticalContext.electronic(), 7);
    assertUniform(model, "encoder.layer2.layer.0.weight", Math.sqrt(6));
    assertUniform(model, "encoder.layer5.layer.4.weight", Math.sqrt(6));
    for (String name : model.parameters().keySet()) {
      if (name.startsWith("encoder.") && name.endsWith(".bias")) {
        float[] bias = parameter(model, name);
        assertArrayEquals(new float[bias.length], bias, name);
      }
    }
    // the rest has PyTorch's defaults; fan-in of a transposed one counts its output channels
    assertUniform(model, "classifier.weight", 1);
    assertUniform(model, "deconv2.weight", 1);
    float bias = parameter(model, "deconv2.bias")[0];
    assertTrue(bias != 0 && Math.abs(bias) <= 1 / Math.sqrt(256 * 9));
  }

  /** Whether weights are uniform in ±{@code factor}/√fan-in. */
  private static void assertUniform(SegmentationModel model, String name, double factor) {
    long[] shape = model.parameters().get(name).shape();
    double bound = factor / Math.sqrt((double) shape[1] * shape[2] * shape[3]);
    float[] values = parameter(model, name);
    double sum = 0;
    double squares = 0;
    for (float v : values) {
      assertTrue(Math.abs(v) <= bound * (1 + 1e-6), name);
      sum += v;
      squares += (double) v * v;
    }
    double n = values.length;
    assertEquals(1, 3 * squares / n / (bound * bound), 4 * Math.sqrt(0.8 / n), name);
    assertEquals(0, sum / n / bound, 4 / Math.sqrt(3 * n), name);
  }

  private static String refusal(String name) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> Models.create(name, 23, OpticalContext.electronic(), 0))
        .getMessage();
  }

  private static SegmentationModel create(int classes, long seed) {
    return Models.create(Reference.NAME, classes, OpticalContext.electronic(), seed);
  }

  private static float[] parameter(SegmentationModel model, String name) {
    return FloatTensors.values(model.parameters().get(name));
  }
}
