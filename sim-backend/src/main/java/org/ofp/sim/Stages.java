// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import java.nio.FloatBuffer;
import org.ofp.device.FrameShape;
import org.ofp.device.Readout;
import org.ofp.kernels.FftKernel;
import org.ofp.optics.BenchParameters;

/**
 * The bench as frames of one shape pass it, in the light's order. Immutable, safe for use by
 * several threads, each with its own {@link Workbench}.
 *
 * @param modulator requested → displayed amplitude
 * @param path displayed amplitude → field at the sensor
 * @param receiver field → expected electrons
 * @param sensor expected electrons → digital numbers
 */
record Stages(Modulator modulator, LightPath path, Receiver receiver, Sensor sensor) {
  static Stages of(BenchParameters bench, FrameShape shape, FftKernel fft) {
    return new Stages(
        new Modulator(bench, shape, fft),
        new LightPath(bench, shape, fft),
        new Receiver(bench, shape),
        new Sensor(bench, shape));
  }

  /** As below, into an array. */
  int read(Workbench workbench, Readout readout, double sourcePower, float[] counts, int target) {
    return read(workbench, readout, sourcePower, FloatBuffer.wrap(counts), target);
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
    int step = workbench.nextStep();
    double electrons = receiver.electrons(workbench, step, readout, sourcePower);
    if (sensor.isTransparent() && receiver.isProportional() && path.isBare()) {
      float scale = (float) (receiver.beat(electrons) * sensor.gain(readout));
      readField(workbench, scale, counts, target);
      return 0;
    }
    workbench.requireField(path);
    float[] power = path.integratesPower() ? workbench.power(workbench.current()) : null;
    int pixels = workbench.shape().pixels();
    int clipped = 0;
    for (int plane = 0; plane < receiver.planes(); plane++) {
      receiver.receive(workbench, plane, step, readout, electrons, power);
      clipped +=
          sensor.digitise(
              workbench, plane, step, readout, electrons, receiver.oscillatorPower(), power);
      counts.put(target + plane * pixels, workbench.signal(), 0, pixels);
    }
    return clipped;
  }

  private void readField(Workbench workbench, float scale, FloatBuffer counts, int target) {
    int pixels = workbench.shape().pixels();
    if (counts.hasArray()) {
      float[] a = counts.array();
      int first = counts.arrayOffset() + target;
      path.field(workbench, workbench.current(), scale, a, first, a, first + pixels);
    } else {
      float[] re = workbench.re();
      float[] im = workbench.im();
      path.field(workbench, workbench.current(), scale, re, 0, im, 0);
      counts.put(target, re, 0, pixels);
      counts.put(target + pixels, im, 0, pixels);
    }
  }
}
