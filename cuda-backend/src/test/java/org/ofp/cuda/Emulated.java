// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.Optional;
import org.ofp.cuda.emulator.EmulatedBlas;
import org.ofp.cuda.emulator.EmulatedFft;
import org.ofp.cuda.emulator.EmulatedGpu;
import org.ofp.device.DeviceUri;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Options;

/** Devices whose GPU is the interpreter. */
final class Emulated {
  private Emulated() {}

  /** Opens a {@code cuda:} address on a GPU of its own. */
  static OpticalFourierDevice open(String uri) {
    return open(uri, new EmulatedGpu());
  }

  /** Opens a {@code cuda:} address on a given GPU. */
  static OpticalFourierDevice open(String uri, EmulatedGpu gpu) {
    DeviceUri.Layer layer = DeviceUri.parse(uri).innermost();
    Options options = new Options(CudaOptions.of(layer.options()), layer.options());
    return CudaDevices.open(
        options,
        gpu,
        new EmulatedFft(),
        stream -> Optional.of(new EmulatedBlas(stream)),
        "emulated");
  }
}
