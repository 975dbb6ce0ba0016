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
import java.util.Map;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.ofp.models.network.NamedRandom;
import org.ofp.optconv.torch.OpticalContext;

/**
 * Weights, images and logits of src/test/python: the first two by the same formula, the last from
 * the files that its programs wrote. Where no network is named, of {@link #NAME}.
 */
public final class Reference {
  static final String NAME = "unet-efficientnet-b0";
  public static final int CLASSES = 23;

  /** Of all random numbers. */
  public static final long SEED = 20261122;

  private Reference() {}

  /** A key of the state_dict of the article's class. */
  public record Parameter(String name, List<Long> shape, String kind) {
    /** Whether the forward pass reaches it. */
    public boolean reached() {
      return kind.equals("reached");
    }

    /** Whether it is the tensor of another key once more. */
    boolean isSecondName() {
      return kind.equals("second-name");
    }

    long size() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  static List<Parameter> parameters() {
    return parameters(NAME);
  }

  /** The keys of the state_dict of a network, in order. */
  public static List<Parameter> parameters(String network) {
    String text = new String(resource(network, "parameters.txt"), StandardCharsets.UTF_8);
    return text.lines().map(Reference::parameter).toList();
  }

  private static Parameter parameter(String line) {
    List<String> words = List.of(line.split(" ", -1));
    List<Long> shape = Arrays.stream(words.get(1).split("x", -1)).map(Long::valueOf).toList();
    return new Parameter(words.get(0), shape, words.get(2));
  }

  /** The model with the reference's weights, electronic. */
  static SegmentationModel model() {
    return model(OpticalContext.electronic());
  }

  /** The model with the reference's weights. */
  static SegmentationModel model(OpticalContext context) {
    return model(NAME, context);
  }

  /** A model with the reference's weights. */
  public static SegmentationModel model(String network, OpticalContext context) {
    SegmentationModel model = Models.create(network, CLASSES, context, 0);
    // the VGG16 encoder lacks normalisation: its weights make up for what each ReLU takes
    float gain = network.contains("vgg16") ? (float) Math.sqrt(2) : 1;
    model
        .parameters()
        .forEach((name, tensor) -> fill(name, tensor.shape(), gain, tensor.createBuffer()));
    return model;
  }

  static void fill(String name, long[] shape, FloatBuffer values) {
    fill(name, shape, 1, values);
  }

  private static void fill(String name, long[] shape, float gain, FloatBuffer values) {
    NamedRandom random = new NamedRandom(SEED, name);
    boolean convolution = shape.length == 4;
    double scale = convolution ? Math.sqrt(3.0 / (shape[1] * shape[2] * shape[3])) : 0.5;
    double offset = !convolution && name.endsWith(".weight") ? 1 : 0;
    for (int i = 0; i < values.capacity(); i++) {
      float value = (float) (offset + scale * random.symmetric(i));
      values.put(i, convolution ? value * gain : value);
    }
  }

  /** {@code [1, 3, size, size]}: blocks of 8 pixels with a random level, and noise. */
  public static Tensor image(int size) {
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
    return logits(NAME, size);
  }

  static float[] logits(String network, int size) {
    FloatBuffer stored =
        ByteBuffer.wrap(resource(network, "logits-" + size + ".f32"))
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    float[] values = new float[stored.remaining()];
    stored.get(values);
    return values;
  }

  /** Those elements of the logits of the image of that size that {@link #logits} has. */
  static float[] samples(SegmentationModel model, int size, int step) {
    float[] logits = FloatTensors.values(model.infer(image(size)));
    int side = (size + step - 1) / step;
    float[] samples = new float[CLASSES * side * side];
    for (int i = 0; i < samples.length; i++) {
      int plane = i / (side * side);
      int row = i / side % side * step;
      int col = i % side * step;
      samples[i] = logits[(plane * size + row) * size + col];
    }
    return samples;
  }

  /** Name and shape of each parameter. */
  static List<String> describe(Map<String, Tensor> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + " " + boxed(p.getValue().shape()))
        .toList();
  }

  static List<Long> boxed(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
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

  /** A file that the programs wrote for a network. */
  public static byte[] resource(String network, String file) {
    String path = "/org/ofp/models/" + network + "/" + file;
    try (InputStream in = Reference.class.getResourceAsStream(path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
