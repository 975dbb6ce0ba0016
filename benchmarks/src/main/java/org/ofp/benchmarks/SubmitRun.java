// SPDX-License-Identifier: Apache-2.0
package org.ofp.benchmarks;

import java.nio.FloatBuffer;
import org.ofp.cli.bench.BatchRun;
import org.ofp.device.Capabilities;
import org.ofp.device.ExposureControl;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;

/** SLM frames in, counts in the caller's buffer out: a device without what is above it. */
final class SubmitRun implements BatchRun {
  private final OpticalFourierDevice device;
  private final FrameSequence sequence;
  private final float[] frames;

  /**
   * @param fields shown in the scale of the largest
   */
  SubmitRun(OpticalFourierDevice device, FrameShape shape, float[] fields) {
    this.device = device;
    frames = scaled(fields);
    int count = fields.length / (2 * shape.pixels());
    Capabilities capabilities = device.description().capabilities();
    int planes = capabilities.readout().planes();
    sequence =
        new FrameSequence(
            shape,
            count,
            FourierTransformer.readouts(capabilities.readout(), capabilities.defaultExposure()),
            planes,
            ExposureControl.fixed(),
            FloatBuffer.allocate(frames.length),
            FloatBuffer.allocate(planes * count * shape.pixels()));
  }

  private static float[] scaled(float[] fields) {
    double largest = 0;
    for (int i = 0; i < fields.length; i += 2) {
      largest = Math.max(largest, Math.hypot(fields[i], fields[i + 1]));
    }
    float[] frames = new float[fields.length];
    for (int i = 0; i < fields.length; i++) {
      frames[i] = (float) (fields[i] / (largest * (1 + 1e-6)));
    }
    return frames;
  }

  /** Sets the frames, though the device leaves them: the other runs begin with warm ones, too. */
  @Override
  public void fill() {
    sequence.amplitudes().put(0, frames, 0, frames.length);
  }

  @Override
  public void transform() {
    device.submit(sequence, JobOptions.defaults()).await();
  }
}
