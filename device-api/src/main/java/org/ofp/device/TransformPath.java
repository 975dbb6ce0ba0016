// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/** The way by which the fields of a {@link TransformBatch} come by their transforms. */
interface TransformPath {
  /** Sets the caller's id and repeat of field {@code i}. */
  void identify(int i, long id, int repeat);

  /**
   * Transforms the batch's first {@code n} fields, which are overwritten by what was shown.
   *
   * @param results where the transforms go; may be the fields themselves
   */
  void transform(int n, boolean inverse, FieldLayout results);

  /** Counts that clipped, and are part of the results, since this was last asked. */
  long takeClipped();

  /** What was shown and read since this was last asked. */
  TransformStatistics takeStatistics();
}
