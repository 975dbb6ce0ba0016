// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv.torch;

import org.bytedeco.pytorch.Module;

/** A stand-in for one of libtorch's convolutions. */
interface Converted {
  /** Itself. */
  Module module();

  /** What it runs. */
  OpticalLayer layer();
}
