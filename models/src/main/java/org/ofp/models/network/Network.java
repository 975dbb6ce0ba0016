// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** A whole segmentation network, as its article defines it: no padding, no cropping. */
public abstract class Network extends Block implements Layer {
  private final int classes;
  private final int stride;

  /**
   * A network without parts.
   *
   * @param classes logits per pixel, at least 1
   * @param stride rows and columns of the input must be multiples of it
   */
  protected Network(String typeName, int classes, int stride) {
    super(typeName);
    this.classes = classes;
    this.stride = stride;
  }

  /** Logits per pixel. */
  public final int classes() {
    return classes;
  }

  /** Rows and columns of the input must be multiples of this. */
  public final int stride() {
    return stride;
  }

  /**
   * Names and shapes of parameters that the article's class has and its forward pass never reaches.
   * A weights file may hold all of them, to no effect, or none.
   */
  public Map<String, long[]> unreachedParameters() {
    return Map.of();
  }

  /**
   * Second names under which the article's class has some of its parameters, each with the first. A
   * weights file may hold all of them, equal to the parameters, or none.
   */
  public Map<String, String> secondNames() {
    return Map.of();
  }

  /**
   * Whether the forward pass runs a convolution.
   *
   * @param layer its dotted name
   */
  protected boolean isReached(String layer) {
    return true;
  }

  /** The number of convolutions, transposed ones included, that a forward pass runs. */
  public final int layerCount() {
    List<String> reached = new ArrayList<>();
    visitConvolutions(
        "",
        (name, layer) -> {
          if (isReached(name)) {
            reached.add(name);
          }
        });
    return reached.size();
  }

  /**
   * Whether the initial weights of a convolution are those for a layer that a ReLU follows, without
   * bias; PyTorch's defaults otherwise. See {@link Initialiser}.
   *
   * @param layer its dotted name
   */
  protected boolean isInitialisedForRelu(String layer) {
    return false;
  }

  /**
   * Runs the network.
   *
   * @param images {@code [n, 3, h, w]}, normalised, {@code h} and {@code w} multiples of {@link
   *     #stride}
   * @return logits {@code [n, classes, h, w]}
   */
  @Override
  public abstract Tensor forward(Tensor images);
}
