// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

import java.util.List;

/**
 * A tensor in a safetensors file.
 *
 * @param name its key
 * @param type of its elements
 * @param shape sizes, at least 0 each; empty for a scalar
 * @param begin first byte, counted from the start of the data section
 * @param end byte after the last
 */
public record TensorInfo(String name, ElementType type, List<Long> shape, long begin, long end) {
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /** The number of elements. */
  public long elements() {
    return (end - begin) / type.bytes();
  }
}
