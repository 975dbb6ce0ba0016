// SPDX-License-Identifier: Apache-2.0
package org.ofp.models;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.ofp.models.network.Network;
import org.ofp.models.network.Parameters;
import org.ofp.models.network.Scoped;
import org.ofp.optconv.torch.OptConv2d;

/**
 * A network that labels every pixel of an image, ready to run: any image size, native memory freed
 * promptly. Made by {@link Models}; in evaluation mode until {@link #train} says otherwise.
 *
 * <p>Not thread-safe: one call at a time. The memory of the parameters is freed when the model is
 * no longer referenced.
 */
public final class SegmentationModel {
  private static final int IMAGE_CHANNELS = 3;

  private final String name;
  private final Network network;
  private final Map<String, Tensor> parameters;

  SegmentationModel(String name, Network network) {
    this.name = name;
    this.network = network;
    parameters = Collections.unmodifiableMap(Parameters.of(network));
    network.eval();
  }

  /** The name in the registry, such as "unet-efficientnet-b0". */
  public String name() {
    return name;
  }

  /** Logits per pixel. */
  public int classes() {
    return network.classes();
  }

  /** Images whose sides are multiples of this run without padding. */
  public int stride() {
    return network.stride();
  }

  /**
   * Runs the network and records gradients if libtorch's current mode asks for them, as training
   * needs. For results alone use {@link #infer}, which needs far less memory.
   *
   * <p>Sides that are not multiples of {@link #stride} are extended by mirroring at the bottom and
   * the right, and the result is cropped.
   *
   * @param images {@code [n, 3, h, w]} on the CPU, ImageNet-normalised, n, h, w at least 1, of the
   *     parameters' type: float32, unless a test has made them float64
   * @return logits {@code [n, classes, h, w]}, a new contiguous tensor that belongs to the caller's
   *     {@code PointerScope}, or to the caller where there is none (free it with {@code close()})
   * @throws IllegalArgumentException if {@code images} has another shape or type
   */
  public Tensor forward(Tensor images) {
    requireImages(images);
    return Scoped.call(
        () -> {
          Tensor logits = network.forward(ReflectPadding.toMultipleOf(stride(), images));
          return logits.narrow(2, 0, images.size(2)).narrow(3, 0, images.size(3)).contiguous();
        });
  }

  /** As {@link #forward}, without gradients. */
  public Tensor infer(Tensor images) {
    return Scoped.withoutGradients(() -> forward(images));
  }

  /**
   * Switches training behaviour (stochastic depth) on or off. What is dropped depends on the seed
   * and the images' numbers alone: who trains in a loop of their own tells the context the
   * {@linkplain org.ofp.optconv.torch.OpticalContext#firstImage(long) first image} of every batch.
   */
  public void train(boolean on) {
    network.train(on);
  }

  /**
   * The parameters by name, in the order of PyTorch's {@code state_dict}; unmodifiable. The tensors
   * share memory with the network.
   */
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  /** The number of weights: the sum of the parameters' sizes. */
  public long parameterCount() {
    return parameters.values().stream().mapToLong(Tensor::numel).sum();
  }

  /**
   * The convolution layers by name, in the order of {@link #parameters}; transposed convolutions
   * are not among them.
   */
  public Map<String, OptConv2d> convolutions() {
    return network.convolutions();
  }

  /**
   * The number of convolution layers, transposed ones included, that run for every batch of images.
   */
  public int layerCount() {
    return network.layerCount();
  }

  /**
   * Names and shapes of parameters that this model does not have and its weights files may
   * nevertheless contain, all or none, as those exported from the article's classes do.
   */
  public Map<String, long[]> ignorableParameters() {
    return network.unreachedParameters();
  }

  /**
   * Second names under which a weights file may hold some of the {@link #parameters} once more, all
   * or none of them, as those exported from the article's classes do; each with the first name.
   */
  public Map<String, String> secondNames() {
    return network.secondNames();
  }

  private void requireImages(Tensor images) {
    torch.ScalarType type = parameters.values().iterator().next().scalar_type().intern();
    long[] shape = images.shape();
    boolean fits =
        shape.length == 4
            && shape[1] == IMAGE_CHANNELS
            && Arrays.stream(shape).allMatch(size -> size > 0)
            && images.scalar_type().intern() == type;
    if (!fits) {
      throw new IllegalArgumentException(
          "images of shape "
              + Arrays.toString(shape)
              + " and type "
              + images.scalar_type()
              + " must be "
              + (type == torch.ScalarType.Float ? "float32" : type)
              + " of shape [n, 3, h, w] with n, h, w at least 1");
    }
  }
}
