// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

/** What lies beyond the edge of a padded map, in the terms of PyTorch's {@code padding_mode}. */
public enum PaddingMode {
  /** Zeros. */
  ZEROS,
  /** The map mirrored at its outermost pixels, without repeating them; padding below its size. */
  REFLECT,
  /** The outermost pixels, repeated. */
  REPLICATE,
  /** The map continued from its other side; padding up to its size. */
  CIRCULAR
}
