// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.util.Arrays;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.memory.FramePipeline;
import org.ofp.device.FieldCoding;

/** The bench for frames that lie in the GPU's memory already. */
final class ResidentBench implements FramePipeline {
  private final BenchPipeline pipeline;
  private final GpuStream stream;
  private final FieldCoding coding;

  ResidentBench(BenchPipeline pipeline, GpuStream stream, FieldCoding coding) {
    this.pipeline = pipeline;
    this.stream = stream;
    this.coding = coding;
  }

  @Override
  public int padded(int frames) {
    return pipeline.padded(frames);
  }

  @Override
  public void run(
      boolean excess,
      long amplitudes,
      long counts,
      int frames,
      long[] ids,
      int[] repeats,
      double[] meterExposures,
      double[] exposures,
      int[] saturated) {
    int reads = frames * coding.readouts().size();
    FrameJob job =
        new FrameJob(
            frames,
            ids,
            repeats,
            meterExposures,
            coding.readouts(),
            coding.exposureControl(),
            exposures,
            Arrays.copyOf(saturated, reads));
    pipeline.run(job, excess, amplitudes, counts, 0);
    stream.synchronize();
    pipeline.finish(job);
    System.arraycopy(job.saturated(), 0, saturated, 0, reads);
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
