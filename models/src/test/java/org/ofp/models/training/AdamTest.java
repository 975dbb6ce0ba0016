// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ofp.models.network.Scoped;
import org.ofp.optconv.torch.Torch;

/** Against libtorch's own, in float64. */
class AdamTest {
  private static final double LEARNING_RATE = 3e-3;
  private static final int STEPS = 25;

  private final Map<String, Tensor> ours = new LinkedHashMap<>();
  private final TensorVector theirs = new TensorVector();

  AdamTest() {
    Torch.initialize();
    for (long[] shape : new long[][] {{7}, {4, 3, 2, 2}, {1}, {33}}) {
      Tensor values = torch.rand(shape).to(torch.ScalarType.Double);
      ours.put("p" + ours.size(), leaf(values.clone()));
      theirs.push_back(leaf(values));
    }
  }

  @BeforeAll
  static void fixNumbers() {
    Torch.initialize();
    torch.manual_seed(5);
  }

  private static Tensor leaf(Tensor values) {
    values.set_requires_grad(true);
    return values;
  }

  @Test
  void equalsLibtorchs() {
    // the same additions and products, in another order here and there: rounding of 1e-16 a step
    assertEquals(0, difference(new AdamOptions(LEARNING_RATE)), 1e-13);
  }

  /** Controls: what wrong constants would do. */
  @Test
  void otherConstantsShow() {
    AdamOptions slower = new AdamOptions(LEARNING_RATE);
    slower.betas().put(0, 0.8);
    assertTrue(difference(slower) > 1e-4);
  }

  @Test
  void aLargerSecondBetaShows() {
    AdamOptions slower = new AdamOptions(LEARNING_RATE);
    slower.betas().put(1, 0.9999);
    assertTrue(difference(slower) > 1e-6);
  }

  /** Largest difference between parameters after some steps along the same gradients. */
  private double difference(AdamOptions options) {
    Adam adam = new Adam(ours);
    org.bytedeco.pytorch.Adam reference = new org.bytedeco.pytorch.Adam(theirs, options);
    for (int step = 1; step <= STEPS; step++) {
      int i = 0;
      for (Tensor parameter : ours.values()) {
        // of many magnitudes, down to where ε counts
        Tensor gradient =
            torch.randn_like(parameter).detach().mul(new Scalar(Math.pow(10, -3 * (step % 4))));
        parameter.mutable_grad().put(gradient);
        theirs.get(i++).mutable_grad().put(gradient.clone());
      }
      adam.step(step, LEARNING_RATE);
      reference.step();
    }
    double largest = 0;
    int i = 0;
    for (Tensor parameter : ours.values()) {
      Tensor distance = parameter.detach().sub(theirs.get(i++).detach()).abs().max();
      largest = Math.max(largest, distance.item_double());
    }
    return largest;
  }

  @Test
  void clearingLeavesNoGradientAndTheNormIsThatOfAll() {
    Adam adam = new Adam(ours);
    assertEquals(0, adam.gradientNorm());
    ours.values().forEach(p -> p.mutable_grad().put(torch.ones_like(p.detach())));
    assertEquals(Math.sqrt(7 + 48 + 1 + 33), adam.gradientNorm(), 1e-12);
    ours.get("p1").mutable_grad().view(-1).select(0, 17).fill_(new Scalar(Double.NaN));
    assertTrue(Double.isNaN(adam.gradientNorm()));
    adam.clearGradients();
    ours.values().forEach(p -> assertFalse(p.grad().defined()));
    Tensor before = ours.get("p0").detach().clone();
    adam.step(1, LEARNING_RATE);
    assertTrue(Scoped.withoutGradients(() -> ours.get("p0").equal(before)), "stays as it is");
  }
}
