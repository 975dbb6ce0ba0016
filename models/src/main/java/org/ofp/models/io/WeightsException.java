// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

import java.util.List;

/**
 * Weights cannot be used as they are: the file is damaged, holds values that are not finite, or
 * does not fit the model. The message is one line and says what to do.
 *
 * <p>Where the weights do not fit, the lists name every parameter concerned; otherwise they are
 * empty.
 */
public final class WeightsException extends RuntimeException {
  private final List<String> missing;
  private final List<String> unexpected;
  private final List<String> misshaped;

  /** Weights that are damaged. */
  public WeightsException(String message) {
    this(message, List.of(), List.of(), List.of());
  }

  /** Weights that do not fit. */
  public WeightsException(
      String message, List<String> missing, List<String> unexpected, List<String> misshaped) {
    super(message);
    this.missing = List.copyOf(missing);
    this.unexpected = List.copyOf(unexpected);
    this.misshaped = List.copyOf(misshaped);
  }

  /** Parameters that the model has and the weights lack. */
  public List<String> missing() {
    return missing;
  }

  /** Tensors that the weights hold and the model lacks. */
  public List<String> unexpected() {
    return unexpected;
  }

  /** Parameters whose shape in the weights is not the model's. */
  public List<String> misshaped() {
    return misshaped;
  }
}
