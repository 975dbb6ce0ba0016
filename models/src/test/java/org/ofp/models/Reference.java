// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.ofp.models.network.NamedRandom;
import org.ofp.optconv.torch.OpticalContext;

/**
 * Weights, images and logits of src/test/python/unet_efficientnet.py: the first two by the same
 * formula, the last from its files.
 */
final class Reference {
  static final String NAME = "unet-efficientnet-b0";
  static final int CLASSES = 23;

  private static final long SEED = 20261122;
  private static final String FOLDER = "/org/ofp/models/" + NAME + "/";

  private Reference() {}

  /** A parameter of the article's class, and whether its forward pass reaches it. */
  record Parameter(String name, List<Long> shape, boolean reached) {
    long size() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  static List<Parameter> parameters() {
    String text = new String(resource("parameters.txt"), StandardCharsets.UTF_8);
    return text.lines().map(Reference::parameter).toList();
  }

  private static Parameter parameter(String line) {
    List<String> words = List.of(line.split(" ", -1));
    List<Long> shape = Arrays.stream(words.get(1).split("x", -1)).map(Long::valueOf).toList();
    return new Parameter(words.get(0), shape, words.get(2).equals("reached"));
  }

  /** The model with the reference's weights, electronic. */
  static SegmentationModel model() {
    return model(OpticalContext.electronic());
  }

  /** The model with the reference's weights. */
  static SegmentationModel model(OpticalContext context) {
    SegmentationModel model = Models.create(NAME, CLASSES, context, 0);
    model.parameters().forEach((name, tensor) -> fill(name, tensor.shape(), tensor.createBuffer()));
    return model;
  }

  static void fill(String name, long[] shape, FloatBuffer values) {
    NamedRandom random = new NamedRandom(SEED, name);
    for (int i = 0; i < values.capacity(); i++) {
      double u = random.symmetric(i);
      double value;
      if (shape.length == 4) {
        double fanIn = (double) shape[1] * shape[2] * shape[3];
        value = u * Math.sqrt(3 / fanIn);
      } else {
        value = (name.endsWith(".weight") ? 1 : 0) + 0.5 * u;
      }
      values.put(i, (float) value);
    }
  }

  /** {@code [1, 3, size, size]}: blocks of 8 pixels with a random level, and noise. */
  static Tensor image(int size) {
    int blocks = (size + 7) / 8;
    NamedRandom coarse = new NamedRandom(SEED, "image, coarse");
    NamedRandom fine = new NamedRandom(SEED, "image, fine");
    float[] pixels = new float[3 * size * size];
    for (int i = 0; i < pixels.length; i++) {
      int channel = i / (size * size);
      int row = i / size % size;
      int col = i % size;
      double level = coarse.symmetric((channel * blocks + row / 8) * (long) blocks + col / 8);
      pixels[i] = (float) (1.5 * level + 0.5 * fine.symmetric(i));
    }
    return AbstractTensor.create(pixels, 1, 3, size, size);
  }

  /** {@code [classes, rows, cols]}: every {@code n}-th row and column of the logits of an image. */
  static float[] logits(int size) {
    FloatBuffer stored =
        ByteBuffer.wrap(resource("logits-" + size + ".f32"))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    float[] values = new float[stored.remaining()];
    stored.get(values);
    return values;
  }

  /** All elements of a contiguous tensor. */
  static float[] values(Tensor tensor) {
    try {
      FloatBuffer buffer = tensor.createBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    } finally {
      // The buffer does not keep the tensor: collected meanwhile, it would free what is being read.
      java.lang.ref.Reference.reachabilityFence(tensor);
    }
  }

  /** ‖actual − expected‖ / ‖expected‖. */
  static double relativeError(float[] expected, float[] actual) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      double d = (double) actual[i] - expected[i];
      difference += d * d;
      norm += (double) expected[i] * expected[i];
    }
    return Math.sqrt(difference / norm);
  }

  private static byte[] resource(String file) {
    try (InputStream in = Reference.class.getResourceAsStream(FOLDER + file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
