// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import org.ofp.device.DeviceBuffer;
import org.ofp.device.DeviceMemory;

/**
 * Step 4 in a device's memory. Matrices that are kept lie there as well; others are computed there
 * from the taps, for some frequencies at a time: as on the host a product of exponentials and taps.
 */
abstract class ResidentMatrices implements AutoCloseable {
  /** Most memory for matrices that are not kept, unless one frequency's need more. */
  private static final long BYTES = 256L << 20;

  private final ConvolutionPlan plan;
  final DeviceMemory memory;

  private ResidentMatrices(ConvolutionPlan plan, DeviceMemory memory) {
    this.plan = plan;
    this.memory = memory;
  }

  /** The matrices of spectra that are not pairwise. */
  static ResidentMatrices of(KernelSpectra kernels, ConvolutionPlan plan, DeviceMemory memory) {
    return kernels.areKept()
        ? new Kept(plan, memory, kernels.on(memory))
        : new Computed(plan, memory, kernels.taps());
  }

  /**
   * Multiplies blocks of tiles.
   *
   * @param in {@code [blocks][frequencies][inPlanes][columns]} complex
   * @param out receives {@code [blocks][frequencies][outPlanes][columns]} complex
   */
  abstract void multiply(int blocks, DeviceBuffer in, DeviceBuffer out);

  @Override
  public abstract void close();

  /** Multiplies frequencies {@code from} to {@code to}, one past the last, of all blocks. */
  final void multiply(
      DeviceBuffer matrices, int from, int to, int blocks, DeviceBuffer in, DeviceBuffer out) {
    int groups = plan.layer().groups();
    for (int block = 0; block < blocks; block++) {
      long frequency = (long) block * plan.frequencies() + from;
      memory.multiply(
          (to - from) * groups,
          plan.outPlanes() / groups,
          plan.inPlanes() / groups,
          plan.columns(),
          matrices,
          0,
          in,
          2 * frequency * plan.inPlanes() * plan.columns(),
          out,
          2 * frequency * plan.outPlanes() * plan.columns());
    }
  }

  private static final class Kept extends ResidentMatrices {
    private final DeviceBuffer matrices;
    private final int frequencies;

    Kept(ConvolutionPlan plan, DeviceMemory memory, DeviceBuffer matrices) {
      super(plan, memory);
      this.matrices = matrices;
      frequencies = plan.frequencies();
    }

    @Override
    void multiply(int blocks, DeviceBuffer in, DeviceBuffer out) {
      multiply(matrices, 0, frequencies, blocks, in, out);
    }

    /** They are the spectra's. */
    @Override
    public void close() {}
  }

  private static final class Computed extends ResidentMatrices {
    private final KernelTaps taps;
    private final int frequencies;
    private final DeviceBuffer waves;
    private final DeviceBuffer values;

    Computed(ConvolutionPlan plan, DeviceMemory memory, KernelTaps taps) {
      super(plan, memory);
      this.taps = taps;
      frequencies = plan.frequencies();
      values = uploaded("a layer's weights", taps.complexValues());
      try {
        waves = uploaded("exponentials", taps.complexWaves(frequencies));
      } catch (RuntimeException | Error e) {
        values.close();
        throw e;
      }
    }

    private DeviceBuffer uploaded(String purpose, FloatBuffer from) {
      DeviceBuffer buffer = memory.allocate(purpose, from.capacity());
      buffer.write(from, 0, 0, from.capacity());
      return buffer;
    }

    @Override
    void multiply(int blocks, DeviceBuffer in, DeviceBuffer out) {
      long matrix = 2L * taps.kernels();
      int atOnce = (int) Math.max(1, Math.min(frequencies, BYTES / Float.BYTES / matrix));
      try (DeviceBuffer matrices = memory.allocate("kernels' spectra", atOnce * matrix)) {
        for (int from = 0; from < frequencies; from += atOnce) {
          int to = Math.min(frequencies, from + atOnce);
          memory.multiply(
              1,
              to - from,
              taps.taps(),
              taps.kernels(),
              waves,
              2L * from * taps.taps(),
              values,
              0,
              matrices,
              0);
          multiply(matrices, from, to, blocks, in, out);
        }
      }
    }

    @Override
    public void close() {
      values.close();
      waves.close();
    }
  }
}
