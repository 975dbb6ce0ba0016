// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import org.bytedeco.javacpp.Pointer;

/**
 * Keeps native memory out of the caller's scopes: every pointer attaches itself to the thread's
 * innermost {@link org.bytedeco.javacpp.PointerScope}, which a program on libtorch usually has
 * open, and would be freed with it.
 */
final class Unscoped {
  private Unscoped() {}

  /** A pointer that only its owner (or the collector, after it) frees. */
  static <P extends Pointer> P keep(P pointer) {
    pointer.retainReference();
    return pointer;
  }
}
