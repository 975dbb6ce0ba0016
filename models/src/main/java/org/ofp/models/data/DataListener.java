// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

/** Is told how the reading of a data set goes, on the thread that opens it. */
@FunctionalInterface
public interface DataListener {
  /** Hears nothing. */
  DataListener NONE = (done, total) -> {};

  /** {@code done} of {@code total} pictures are decoded, each with its mask. */
  void decoded(int done, int total);
}
