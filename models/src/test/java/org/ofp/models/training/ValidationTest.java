// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;
import org.ofp.models.SegmentationModel;
import org.ofp.optconv.torch.OpticalContext;

class ValidationTest {
  /** The trainer then says that the validation loss is NaN, and what to do. */
  @Test
  void anOutputThatIsNoNumberIsALossThatIsNone() {
    OpticalContext context = OpticalContext.electronic();
    SegmentationModel model = Trainings.model(context);
    Validation validation = new Validation(model, context, Trainings.DATA, Trainings.options(1));
    assertTrue(Double.isFinite(validation.run(done -> {}).loss()));
    try (PointerScope scope = new PointerScope()) {
      model.parameters().get("outc.conv.bias").detach().fill_(new Scalar(Double.NaN));
    }
    assertEquals(Double.NaN, validation.run(done -> {}).loss());
  }
}
