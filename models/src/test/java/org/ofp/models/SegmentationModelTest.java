// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentationModelTest {
  private static final long MEGABYTE = 1L << 20;

  @ParameterizedTest
  @CsvSource({"64, 64", "50, 70", "33, 16", "7, 100", "1, 1"})
  void takesImagesOfAnySize(int rows, int cols) {
    Tensor logits = Reference.model().infer(torch.zeros(2, 3, rows, cols));
    assertArrayEquals(new long[] {2, Reference.CLASSES, rows, cols}, logits.shape());
  }

  /** Cutting a mirror-symmetric image at its axis changes nothing: the padding restores it. */
  @Test
  void paddingMirrorsTheImage() {
    SegmentationModel model = Reference.model();
    Tensor image = Reference.image(64);
    Tensor cut = image.narrow(2, 0, 57).narrow(3, 0, 60).contiguous();
    // rows 57..63 mirror 55..49, columns 60..63 mirror 58..55
    Tensor rows = torch.cat(tensors(cut, cut.narrow(2, 49, 7).flip(2)), 2);
    Tensor restored = torch.cat(tensors(rows, rows.narrow(3, 55, 4).flip(3)), 3);
    float[] expected =
        FloatTensors.values(model.infer(restored).narrow(2, 0, 57).narrow(3, 0, 60).contiguous());
    assertArrayEquals(expected, FloatTensors.values(model.infer(cut)));
  }

  @Test
  void refusesWhatIsNotABatchOfImages() {
    SegmentationModel model = Reference.model();
    for (Tensor wrong :
        new Tensor[] {
          torch.zeros(3, 64, 64),
          torch.zeros(1, 4, 64, 64),
          torch.zeros(0, 3, 64, 64),
          torch.zeros(1, 3, 64, 0),
          torch.zeros(1, 3, 64, 64).to(torch.ScalarType.Double)
        }) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> model.infer(wrong)).getMessage();
      assertTrue(message.contains("[n, 3, h, w]"), message);
    }
  }

  @Test
  void onlyForwardRecordsGradients() {
    SegmentationModel model = Reference.model();
    Tensor image = Reference.image(32);
    assertTrue(model.forward(image).requires_grad());
    assertFalse(model.infer(image).requires_grad());
  }

  @Test
  void theModelOutlivesTheScopeItWasBuiltIn() {
    SegmentationModel model;
    try (PointerScope scope = new PointerScope()) {
      model = Reference.model();
      assertEquals(scope, PointerScope.getInnerScope());
    }
    assertArrayEquals(
        FloatTensors.values(Reference.model().infer(Reference.image(32))),
        FloatTensors.values(model.infer(Reference.image(32))));
  }

  @Test
  void theResultBelongsToTheCallersScope() {
    SegmentationModel model = Reference.model();
    Tensor logits;
    try (PointerScope scope = new PointerScope()) {
      logits = model.infer(Reference.image(32));
      assertEquals(scope, PointerScope.getInnerScope());
      assertTrue(logits.defined());
    }
    assertTrue(logits.isNull(), "freed with the scope");
    Tensor unscoped = model.infer(Reference.image(32));
    unscoped.close();
    assertTrue(unscoped.isNull(), "freed by close");
  }

  @Test
  void repeatedForwardPassesDoNotGrow() {
    SegmentationModel model = Reference.model();
    Tensor image = Reference.image(128);
    run(model, image, 10); // libtorch's and the JVM's own pools fill first
    long before = Pointer.physicalBytes();
    run(model, image, 30);
    long growth = Pointer.physicalBytes() - before;
    // one pass allocates over 60 MB of maps: a single one kept per pass (8 MB) would show
    assertTrue(growth < 48 * MEGABYTE, () -> "grew by " + growth / MEGABYTE + " MB");

    Tensor kept = torch.ones(30 * MEGABYTE); // control: the measure sees 120 MB that stay
    assertTrue(Pointer.physicalBytes() - before > 100 * MEGABYTE);
    kept.close();
  }

  private static void run(SegmentationModel model, Tensor image, int passes) {
    for (int i = 0; i < passes; i++) {
      model.infer(image).close();
    }
  }

  private static TensorVector tensors(Tensor a, Tensor b) {
    return new TensorVector(a, b);
  }
}
