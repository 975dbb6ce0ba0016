// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.models.Models;
import org.ofp.models.SegmentationModel;
import org.ofp.models.data.Batch;
import org.ofp.models.data.Samples;
import org.ofp.models.image.ClassMask;
import org.ofp.models.image.ImageNormalisation;
import org.ofp.models.metrics.SegmentationCounts;
import org.ofp.models.metrics.SegmentationMetrics;
import org.ofp.models.network.NamedRandom;
import org.ofp.optconv.torch.OpticalContext;

class EvaluatorTest {
  private static final int CLASSES = 3;
  private static final int SIDE = 16;
  private static final int PIXELS = SIDE * SIDE;
  private static final Squares SQUARES = new Squares();

  /** Five squares of noise, two of each picture but the last. */
  private static final class Squares implements Samples {
    @Override
    public int size() {
      return 5;
    }

    @Override
    public int side() {
      return SIDE;
    }

    @Override
    public void read(int index, int[] rgb, byte[] labels) {
      NamedRandom random = new NamedRandom(index, "square");
      for (int i = 0; i < PIXELS; i++) {
        rgb[i] = (int) (random.unit(i) * (1 << 24));
        labels[i] = (byte) (i % 7 == 0 ? IGNORED : rgb[i] % CLASSES);
      }
    }

    @Override
    public String name(int index) {
      return "square " + index;
    }

    @Override
    public int source(int index) {
      return 10 - index / 2;
    }
  }

  /** Against a loop of its own over single images, in Java but for the network. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void countsWhatTheNetworkFinds(int batchSize) {
    OpticalContext context = OpticalContext.electronic();
    SegmentationModel model = Models.create("unet-efficientnet-b0", CLASSES, context, 3);
    model.train(true);
    EvaluatedNetwork network = new EvaluatedNetwork(model, context);
    List<Long> numbers = new ArrayList<>();
    float[][] logits = new float[SQUARES.size()][];
    Evaluator.run(
        SQUARES,
        7,
        batchSize,
        List.of(network),
        (batch, first, tensors) -> {
          numbers.add(context.firstImage());
          FloatBuffer values = tensors.get(0).createBuffer();
          for (int i = 0; i < batch.size(); i++) {
            logits[first + i] = new float[CLASSES * PIXELS];
            values.get(logits[first + i]);
          }
        });
    assertEquals((SQUARES.size() + batchSize - 1) / batchSize, numbers.size());
    assertEquals(7, numbers.get(0));
    assertTrue(network.seconds() > 0);

    SegmentationMetrics expected = new SegmentationMetrics(CLASSES);
    SegmentationCounts[] pictures = new SegmentationCounts[3];
    Arrays.setAll(pictures, i -> new SegmentationCounts(CLASSES));
    for (int i = 0; i < SQUARES.size(); i++) {
      int[] rgb = new int[PIXELS];
      byte[] labels = new byte[PIXELS];
      SQUARES.read(i, rgb, labels);
      assertArrayEquals(infer(model, rgb), logits[i], 1e-4f, "rounding depends on the batch");
      int[] found = ClassMask.argmax(logits[i], CLASSES);
      pictures[2 - i / 2].add(expected.add(labels, 0, found, 0, PIXELS)); // by rising number
    }
    assertArrayEquals(expected.confusion(), network.metrics().confusion());
    assertEquals(expected.mIoU(), network.metrics().mIoU());
    assertEquals(3, network.pictures().size());
    for (int i = 0; i < 3; i++) {
      assertEquals(pictures[i].mIoU(), network.pictures().get(i).mIoU());
      assertEquals(pictures[i].datasetMIoU(), network.pictures().get(i).datasetMIoU());
      assertEquals(pictures[i].labelled(1), network.pictures().get(i).labelled(1));
    }
  }

  private static float[] infer(SegmentationModel model, int[] rgb) {
    try (PointerScope scope = new PointerScope()) {
      Batch batch = new Batch(1, SIDE, ImageNormalisation.toPlanes(rgb), new byte[PIXELS]);
      FloatBuffer values = model.infer(BatchTensors.images(batch)).createBuffer();
      float[] logits = new float[CLASSES * PIXELS];
      values.get(logits);
      return logits;
    }
  }

  @Test
  void severalNetworksRunOnEveryBatch() {
    OpticalContext context = OpticalContext.electronic();
    EvaluatedNetwork one =
        new EvaluatedNetwork(Models.create("unet-efficientnet-b0", CLASSES, context, 3), context);
    EvaluatedNetwork other =
        new EvaluatedNetwork(Models.create("unet-efficientnet-b0", CLASSES, context, 4), context);
    List<Boolean> alike = new ArrayList<>();
    Evaluator.run(
        SQUARES,
        0,
        2,
        List.of(one, other, one),
        (batch, first, logits) -> {
          alike.add(logits.get(0).equal(logits.get(2)));
          alike.add(!logits.get(0).equal(logits.get(1)));
        });
    assertEquals(List.of(true, true, true, true, true, true), alike);
  }

  /** One weight of the last layer: every logit of its class. */
  @Test
  void anOutputThatIsNoNumberIsToldWithTheSample() {
    OpticalContext context = OpticalContext.electronic();
    SegmentationModel model = Models.create("unet-efficientnet-b0", CLASSES, context, 3);
    try (PointerScope scope = new PointerScope()) {
      Tensor bias = model.parameters().get("outc.conv.bias");
      bias.detach().select(0, 1).fill_(new Scalar(Double.NaN));
    }
    EvaluatedNetwork network = new EvaluatedNetwork(model, context);
    UndefinedOutputException e =
        assertThrows(
            UndefinedOutputException.class,
            () -> Evaluator.run(SQUARES, 0, 2, List.of(network), (batch, first, logits) -> {}));
    assertEquals("square 0", e.sample());
    assertEquals(
        "square 0: the network's output is not a number; check its weights", e.getMessage());
  }
}
