// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

/**
 * Transforms a batch of fields in place, again and again. What counts is the transform; the fields,
 * which it overwrites, are set before.
 */
public interface BatchRun {
  /** Sets the fields. */
  void fill();

  /** Transforms them. */
  void transform();

  /** Both; wall-clock seconds of the transform. */
  default double run() {
    fill();
    return Stopwatch.time(this::transform);
  }
}
