// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import org.ofp.device.OpticalFourierDevice;

/** The shipped kernels in the interpreter, with the simulator's transforms: the same bits. */
class EmulatedDifferentialTest extends DifferentialContract {
  @Override
  OpticalFourierDevice open(Benches.Case bench, String options) {
    return Emulated.open(bench.gpu(options));
  }

  @Override
  boolean sameTransforms() {
    return true;
  }
}
