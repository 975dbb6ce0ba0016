// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.emulator;

import org.ofp.cuda.gpu.GpuFft;
import org.ofp.cuda.gpu.GpuFftPlan;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.kernels.FftPlan;
import org.ofp.kernels.Kernels;

/**
 * The host's Fourier transform in place of cuFFT, unitary as the simulator's, so that results are
 * the same to the bit: {@link GpuFft#scale} is 1.
 */
public final class EmulatedFft implements GpuFft {
  private static final String CALL = "cufftExecC2C";

  @Override
  public String name() {
    return "emulated";
  }

  @Override
  public GpuFftPlan plan(int rows, int cols, int batch, GpuStream stream) {
    if (rows < 1 || cols < 1 || batch < 1) {
      throw new GpuFault("cufftPlanMany: " + batch + " frames of " + rows + "x" + cols);
    }
    EmulatedStream queue = (EmulatedStream) stream;
    queue.gpu().failures().call("cufftPlanMany");
    return new Plan(rows, cols, batch, queue);
  }

  @Override
  public float scale(int rows, int cols) {
    return 1;
  }

  private static final class Plan implements GpuFftPlan {
    private final FftPlan host;
    private final int frame;
    private final int batch;
    private final EmulatedStream stream;
    private final Holdings.Held workArea;
    private boolean closed;

    Plan(int rows, int cols, int batch, EmulatedStream stream) {
      this.host = Kernels.fft().plan(rows, cols);
      this.frame = 2 * rows * cols;
      this.batch = batch;
      this.stream = stream;
      this.workArea =
          stream.gpu().holdings().take("cufftPlanMany", "transform", 4L * frame * batch);
    }

    @Override
    public void transform(long from, long to, boolean inverse) {
      if (closed) {
        throw new GpuFault(CALL + " with a plan that was closed");
      }
      stream.submit(CALL, () -> execute(from, to, inverse));
    }

    private void execute(long from, long to, boolean inverse) {
      AddressSpace memory = stream.gpu().addresses();
      float[] frames = GpuFloats.read(memory, from, frame * batch);
      if (inverse) {
        host.inverse(frames, 0, batch);
      } else {
        host.forward(frames, 0, batch);
      }
      GpuFloats.write(memory, to, frames);
    }

    @Override
    public void close() {
      if (!closed) {
        stream.gpu().drain();
        closed = true;
        workArea.close();
      }
    }
  }
}
