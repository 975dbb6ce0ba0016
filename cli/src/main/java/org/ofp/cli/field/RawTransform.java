// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.field;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ofp.cli.error.CliException;
import org.ofp.cli.io.NpyArray;
import org.ofp.device.AutoExposure;
import org.ofp.device.Calibration;
import org.ofp.device.Capabilities;
import org.ofp.device.DeviceDescription;
import org.ofp.device.ExposureControl;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameChecks;
import org.ofp.device.FrameSequence;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;

/**
 * Fields in, detector counts out: each field is shown as it is, without scaling, and read as a
 * reconstruction would need it. A device whose counts have a full scale meters each frame first, so
 * that the brightest pixel comes near it; one without reads with its default exposure.
 */
public final class RawTransform {
  private final OpticalFourierDevice device;
  private final Capabilities capabilities;
  private final Calibration calibration;
  private final ExposureControl control;
  private final FrameSequence sequence;

  private RawTransform(OpticalFourierDevice device, Fields fields) {
    this.device = device;
    DeviceDescription description = device.description();
    capabilities = description.capabilities();
    calibration = description.calibration();
    FrameChecks.requireShape(fields.shape(), capabilities);
    boolean metered = calibration.fullScale() < Double.POSITIVE_INFINITY;
    control =
        metered ? ExposureControl.auto(ExposureControl.DEFAULT_TARGET) : ExposureControl.fixed();
    List<Readout> readouts =
        FourierTransformer.readouts(capabilities.readout(), capabilities.defaultExposure());
    int planes = capabilities.readout().planes();
    int counts = readouts.size() * planes * fields.shape().pixels();
    sequence =
        new FrameSequence(
            fields.shape(),
            1,
            readouts,
            planes,
            control,
            capabilities.preferredBuffers().allocate(fields.stride()),
            capabilities.preferredBuffers().allocate(counts));
  }

  /**
   * Shows and reads all fields, or their conjugates for the inverse transform.
   *
   * @param firstId frame id of the first field; the others follow
   * @return counts {@code [steps, rows, cols]}, with {@code n} in front for a batch: a step for
   *     each of four reference phases 0, π/2, π, 3π/2; or for in-phase and quadrature; or a single
   *     one
   */
  public static TransformResult run(
      OpticalFourierDevice device, Fields fields, boolean inverse, long firstId) {
    RawTransform transform = new RawTransform(device, fields);
    FrameSequence sequence = transform.sequence;
    int steps = sequence.readouts().size() * sequence.planes();
    int stride = steps * fields.shape().pixels();
    if ((long) stride * fields.count() > Integer.MAX_VALUE) {
      throw CliException.failure(
          "the counts of " + fields.count() + " fields are too many; split the batch");
    }
    float[] counts = new float[stride * fields.count()];
    List<Double> exposures = new ArrayList<>();
    long clipped = 0;
    for (int i = 0; i < fields.count(); i++) {
      transform.show(fields, i, inverse, firstId + i);
      sequence.counts().get(0, counts, i * stride, stride);
      exposures.add(sequence.exposure(0, 0));
      for (int r = 0; r < sequence.readouts().size(); r++) {
        clipped += sequence.saturated(0, r);
      }
    }
    return new TransformResult(NpyArray.real(counts, fields.shapeOf(steps)), clipped, exposures);
  }

  private void show(Fields fields, int index, boolean conjugate, long id) {
    FloatBuffer amplitudes = sequence.amplitudes();
    int offset = index * fields.stride();
    double energy = 0;
    for (int i = 0; i < fields.stride(); i += 2) {
      float re = fields.values()[offset + i];
      float im = fields.values()[offset + i + 1];
      amplitudes.put(i, re).put(i + 1, conjugate ? -im : im);
      energy += (double) re * re + (double) im * im;
    }
    sequence.meterExposure(
        0,
        AutoExposure.firstExposure(Math.sqrt(energy), control.target(), capabilities, calibration));
    sequence.identify(0, id, 0);
    device.submit(sequence, JobOptions.defaults()).await();
  }
}
