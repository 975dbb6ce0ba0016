// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;
import org.ofp.device.FieldCoding;
import org.ofp.device.FrameSequence;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;

/** A bench by another device, which fetches the frames from the GPU and takes the counts there. */
final class HostPipeline implements FramePipeline {
  private final OpticalFourierDevice device;
  private final GpuStream stream;
  private final FieldCoding coding;
  private final FrameSequence sequence;
  private final HostMemory amplitudes;
  private final HostMemory counts;

  HostPipeline(
      OpticalFourierDevice device, Gpu gpu, GpuStream stream, FieldCoding coding, int capacity) {
    this.device = device;
    this.stream = stream;
    this.coding = coding;
    int pixels = capacity * coding.shape().pixels();
    int planes = coding.mode().planes();
    amplitudes = gpu.allocateHost("frames", 8L * pixels);
    counts = gpu.allocateHost("counts", 4L * pixels * coding.readouts().size() * planes);
    sequence =
        new FrameSequence(
            coding.shape(),
            capacity,
            coding.readouts(),
            planes,
            coding.exposureControl(),
            floats(amplitudes),
            floats(counts));
  }

  static FloatBuffer floats(HostMemory host) {
    return host.bytes().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Override
  public int padded(int frames) {
    return frames;
  }

  @Override
  public void run(
      boolean excess,
      long frames,
      long there,
      int n,
      long[] ids,
      int[] repeats,
      double[] meterExposures,
      double[] exposures,
      int[] saturated) {
    long pixels = (long) n * coding.shape().pixels();
    stream.download(frames, amplitudes, 0, 8 * pixels);
    stream.synchronize();
    sequence.size(n);
    for (int i = 0; i < n; i++) {
      sequence.identify(i, ids[i], repeats[i]);
      sequence.meterExposure(i, meterExposures[i]);
    }
    device.submit(sequence, JobOptions.defaults()).await();
    int readouts = coding.readouts().size();
    for (int i = 0; i < n * readouts; i++) {
      exposures[i] = sequence.exposure(i / readouts, i % readouts);
      saturated[i] = sequence.saturated(i / readouts, i % readouts);
    }
    long values = pixels * readouts * coding.mode().planes();
    stream.upload(counts, 0, there, 4 * values);
    stream.synchronize();
  }

  @Override
  public void close() {
    amplitudes.close();
    counts.close();
  }
}
