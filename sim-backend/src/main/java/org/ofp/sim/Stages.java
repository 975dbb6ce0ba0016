// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import java.nio.FloatBuffer;
import org.ofp.device.FrameShape;
import org.ofp.device.PeakReader;
import org.ofp.device.Readout;
import org.ofp.kernels.FftKernel;
import org.ofp.optics.BenchParameters;
import org.ofp.optics.ReadModel;

/**
 * The bench as frames of one shape pass it, in the light's order. Immutable, safe for use by
 * several threads, each with its own {@link Workbench}.
 *
 * @param modulator requested → displayed amplitude
 * @param path displayed amplitude → field at the sensor
 * @param reads what a read's parameters come to
 * @param receiver field → expected electrons
 * @param sensor expected electrons → digital numbers
 */
record Stages(
    Modulator modulator, LightPath path, ReadModel reads, Receiver receiver, Sensor sensor) {
  static Stages of(BenchParameters bench, FrameShape shape, FftKernel fft) {
    ReadModel reads = new ReadModel(bench);
    return new Stages(
        new Modulator(bench, shape, fft),
        new LightPath(bench, shape, fft),
        reads,
        new Receiver(bench, shape),
        new Sensor(bench, shape, reads));
  }

  /** Whether the requested amplitudes are the light at the lens. */
  boolean showsAsItIs() {
    return modulator.isTransparent() && path.isClear();
  }

  /**
   * Reads the current frame of a workbench once.
   *
   * @param sourcePower relative to the nominal one
   * @param counts receives the digital numbers of all planes from {@code target}
   * @return values that were clipped
   */
  int read(
      Workbench workbench, Readout readout, double sourcePower, FloatBuffer counts, int target) {
    prepare(workbench, readout, sourcePower);
    if (reads.isProportional()) {
      float scale = workbench.numbers().countsPerField();
      int pixels = workbench.shape().pixels();
      scaled(workbench.re(), scale, workbench.lanes().a, counts, target);
      scaled(workbench.im(), scale, workbench.lanes().a, counts, target + pixels);
      return 0;
    }
    float[] power = path.integratesPower() ? workbench.power(workbench.current()) : null;
    int pixels = workbench.shape().pixels();
    int clipped = 0;
    for (int plane = 0; plane < receiver.planes(); plane++) {
      receiver.receive(workbench, plane, power);
      clipped += sensor.digitise(workbench, plane, power);
      counts.put(target + plane * pixels, workbench.signal(), 0, pixels);
    }
    return clipped;
  }

  /**
   * As {@link #read}, for the brightest pixel alone.
   *
   * @param readout without the reference, on a sensor that {@link Sensor#tellsPeak}
   */
  PeakReader.Peak peak(Workbench workbench, Readout readout, double sourcePower) {
    prepare(workbench, readout, sourcePower);
    float[] power = path.integratesPower() ? workbench.power(workbench.current()) : null;
    receiver.receive(workbench, 0, power);
    return sensor.peak(workbench, readout);
  }

  private void prepare(Workbench workbench, Readout readout, double sourcePower) {
    int frame = workbench.current();
    reads.prepare(
        workbench.frameId(frame),
        workbench.repeat(frame),
        workbench.nextStep(),
        workbench.elapsed(),
        readout,
        sourcePower,
        workbench.numbers());
  }

  private static void scaled(
      float[] field, float scale, float[] row, FloatBuffer counts, int target) {
    for (int at = 0; at < field.length; at += row.length) {
      int n = Math.min(row.length, field.length - at);
      System.arraycopy(field, at, row, 0, n);
      multiply(row, scale, n);
      counts.put(target + at, row, 0, n);
    }
  }

  private static void multiply(float[] row, float scale, int n) {
    for (int i = 0; i < n; i++) {
      row[i] *= scale;
    }
  }
}
