// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.ofp.device.DeviceDescription;
import org.ofp.device.TransformOptions;
import org.ofp.kernels.FftPlan;
import org.ofp.kernels.Kernels;

/**
 * How accurate plans are for data of the usual kind, where the data themselves are not at hand:
 * {@link LayerSnr} of maps and kernels as in the reference recipe of docs/PHYSICS.md, Gaussian
 * kernels and maps with a 1/f amplitude spectrum, standard deviation 0.25 about the mean 0.5,
 * clipped at 0.
 *
 * <p>Signal and noise of a layer both grow with its channels, so a few of them tell as much as all.
 * Safe for use by several threads.
 */
final class NaturalSnr implements SnrEstimate {
  /** Channels that stand for all. */
  private static final int CHANNELS = 4;

  private static final double MEAN = 0.5;
  private static final double DEVIATION = 0.25;
  private static final long SEED = 20261123;

  private final LayerSnr snr;
  private final Map<ConvolutionPlan, Double> known = new ConcurrentHashMap<>();
  private final Map<Size, float[]> maps = new ConcurrentHashMap<>();

  private record Size(int rows, int cols) {}

  NaturalSnr(DeviceDescription device, TransformOptions options) {
    snr = new LayerSnr(device, options);
  }

  @Override
  public double decibels(ConvolutionPlan plan) {
    ConvolutionPlan few =
        ConvolutionPlan.of(
            fewChannels(plan.layer()),
            plan.rows(),
            plan.cols(),
            plan.frame(),
            LayerGeometry.of(
                fewChannels(plan.layer()),
                plan.rows(),
                plan.cols(),
                plan.extentRows(),
                plan.extentCols()),
            plan.effort());
    Double decibels = known.get(few);
    if (decibels == null) {
      decibels = predict(few); // uses several threads, so without a lock on the map
      known.put(few, decibels);
    }
    return decibels;
  }

  private double predict(ConvolutionPlan plan) {
    Random random = new Random(SEED);
    float[] weights = new float[plan.layer().weightCount()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    float[] x = maps.computeIfAbsent(new Size(plan.rows(), plan.cols()), NaturalSnr::maps);
    try (KernelSpectra kernels = KernelSpectra.of(plan, FloatBuffer.wrap(weights), false)) {
      return snr.predict(plan, kernels, FloatBuffer.wrap(x));
    }
  }

  /** The layer with so many channels, or groups of one each. */
  private static LayerSpec fewChannels(LayerSpec layer) {
    int groups = Math.min(layer.groups(), CHANNELS);
    int perGroup = layer.groups() == 1 ? CHANNELS : 1;
    int in = groups * Math.min(layer.inChannels() / layer.groups(), perGroup);
    int out = groups * Math.min(layer.outChannels() / layer.groups(), perGroup);
    if (layer instanceof TransposedSpec spec) {
      return new TransposedSpec(
          in,
          out,
          spec.kernel(),
          spec.stride(),
          spec.padding(),
          spec.outputPadding(),
          spec.dilation(),
          groups,
          false);
    }
    ConvolutionSpec spec = (ConvolutionSpec) layer;
    return new ConvolutionSpec(
        in, out, spec.kernel(), spec.stride(), spec.padding(), spec.dilation(), groups, false);
  }

  /** {@code [CHANNELS][rows][cols]}. */
  private static float[] maps(Size size) {
    Random random = new Random(SEED);
    int pixels = size.rows * size.cols;
    float[] maps = new float[CHANNELS * pixels];
    FftPlan fft = Kernels.fft().plan(size.rows, size.cols);
    for (int channel = 0; channel < CHANNELS; channel++) {
      float[] field = new float[2 * pixels];
      for (int i = 0; i < pixels; i++) {
        field[2 * i] = (float) random.nextGaussian();
      }
      fft.forward(field, 0, 1);
      for (int i = 0; i < pixels; i++) {
        double f =
            Math.hypot(distance(i / size.cols, size.rows), distance(i % size.cols, size.cols));
        float factor = f == 0 ? 0 : (float) (1 / f);
        field[2 * i] *= factor;
        field[2 * i + 1] *= factor;
      }
      fft.inverse(field, 0, 1);
      double power = 0;
      for (int i = 0; i < pixels; i++) {
        power += (double) field[2 * i] * field[2 * i];
      }
      double scale = power == 0 ? 0 : DEVIATION / Math.sqrt(power / pixels);
      for (int i = 0; i < pixels; i++) {
        maps[channel * pixels + i] = (float) Math.max(0, MEAN + scale * field[2 * i]);
      }
    }
    return maps;
  }

  /** Of a frequency from zero, in cycles per pixel. */
  private static double distance(int frequency, int size) {
    return Math.min(frequency, size - frequency) / (double) size;
  }
}
