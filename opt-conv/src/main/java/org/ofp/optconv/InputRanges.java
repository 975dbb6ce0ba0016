// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * The greatest magnitude that each layer's input is expected to have, by calibration. A frame is
 * scaled to its greatest value; clipping rare ones leaves more of the modulator's and the
 * detector's range to the rest.
 *
 * <p>Immutable plain data.
 *
 * @param limits greatest |x| by the layer's qualified name, finite, above 0
 */
public record InputRanges(Map<String, Double> limits) {
  public InputRanges {
    limits = Map.copyOf(limits);
    limits.forEach(
        (name, limit) -> {
          if (!(limit > 0) || limit.isInfinite()) {
            throw new IllegalArgumentException(
                "the input range of layer " + name + " = " + limit + " must be finite and above 0");
          }
        });
  }

  /** No layer's input is clipped. */
  public static InputRanges none() {
    return new InputRanges(Map.of());
  }

  /** A layer's limit, if it has one. */
  public OptionalDouble limit(String name) {
    Double limit = limits.get(name);
    return limit == null ? OptionalDouble.empty() : OptionalDouble.of(limit);
  }
}
