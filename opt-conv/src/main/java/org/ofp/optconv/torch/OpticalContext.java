// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

/** Where the convolutions of a network run. (Skeleton: only the electronic route so far.) */
public final class OpticalContext {
  private int layers;

  private OpticalContext() {}

  /** Plain electronic convolutions by libtorch. */
  public static OpticalContext electronic() {
    return new OpticalContext();
  }

  /** The number of the next layer, part of its frames' ids. */
  int nextLayer() {
    return layers++;
  }
}
