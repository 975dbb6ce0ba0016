// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.pretrained;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How one publisher of ImageNet weights names the layers of an encoder. Immutable.
 *
 * <p>A layer here is what has a {@code weight} and perhaps a {@code bias}: a convolution, or a
 * normalisation. The table of names is in docs/MODELS.md.
 */
public final class EncoderNames {
  private static final List<EncoderNames> ALL =
      List.of(
          VggNames.torchvision(),
          EfficientNetNames.efficientnetPytorch(),
          EfficientNetNames.timm(),
          EfficientNetNames.torchvision());

  private final String encoder;
  private final String publisher;
  private final Map<String, String> layers;
  private final List<String> beyond;

  /**
   * @param encoder which network
   * @param publisher whose names
   * @param models names of the encoder's layers in this SDK's models, in the order in which they
   *     run
   * @param theirs the publisher's names of the same layers
   * @param beyond how names begin of what the publisher's network has and the encoder has not
   */
  EncoderNames(
      String encoder,
      String publisher,
      List<String> models,
      List<String> theirs,
      List<String> beyond) {
    if (models.size() != theirs.size()) {
      throw new IllegalArgumentException(models.size() + " names for " + theirs.size());
    }
    this.encoder = encoder;
    this.publisher = publisher;
    this.beyond = beyond;
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < models.size(); i++) {
      pairs.put(models.get(i), theirs.get(i));
    }
    layers = Collections.unmodifiableMap(pairs);
  }

  /** All that are known. */
  public static List<EncoderNames> all() {
    return ALL;
  }

  /** The network, such as "VGG16". */
  public String encoder() {
    return encoder;
  }

  /** Whose names these are, such as "torchvision". */
  public String publisher() {
    return publisher;
  }

  /** The publisher's names of layers by those of this SDK's models; unmodifiable, in order. */
  public Map<String, String> layers() {
    return layers;
  }

  /** How many of some tensors have a name that a layer's weight has here. */
  public long matches(Set<String> tensors) {
    return layers.values().stream().filter(layer -> tensors.contains(layer + ".weight")).count();
  }

  /** Whether a tensor belongs to a part of the publisher's network that the encoder leaves out. */
  public boolean isBeyond(String tensor) {
    return beyond.stream().anyMatch(tensor::startsWith);
  }
}
