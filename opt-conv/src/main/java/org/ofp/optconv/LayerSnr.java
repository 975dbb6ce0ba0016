// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.ofp.device.ComplexField;
import org.ofp.device.DeviceDescription;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameLoop;
import org.ofp.device.FrameShape;
import org.ofp.device.FrameStatistics;
import org.ofp.device.TransformNoise;
import org.ofp.device.TransformOptions;
import org.ofp.kernels.FftPlan;
import org.ofp.kernels.Kernels;

/**
 * What signal-to-noise ratio a layer is expected to have on a device, before any light is shown:
 * from the layer's input and weights and from what the device declares of itself.
 *
 * <p>Some tiles go the layer's way on the host, transformed exactly. Each field's statistics tell
 * its {@link TransformNoise}, on the way in and on the way back; white Gaussian noise of that power
 * is added beside, and what it has become in the outputs is compared with their alternating part.
 * That the noise is white and the fields' errors are independent of each other are the assumptions.
 *
 * <p>Immutable, safe for use by several threads.
 */
public final class LayerSnr {
  /** Tiles that are looked at, evenly spread over the image. */
  private static final int TILES = 16;

  private static final long SEED = 20261123;

  private final DeviceDescription device;
  private final TransformOptions options;

  /**
   * @param device what the device declares
   * @param options how fields are put on it
   */
  public LayerSnr(DeviceDescription device, TransformOptions options) {
    this.device = device;
    this.options = options;
  }

  /**
   * Predicts.
   *
   * @param plan of the layer
   * @param kernels the spectra of its weights
   * @param x one image, {@code [inChannels, rows, cols]}, finite
   * @return decibels: power of the output about each channel's mean over that of the error;
   *     infinite without noise, NaN if the output is constant
   */
  public double predict(ConvolutionPlan plan, KernelSpectra kernels, FloatBuffer x) {
    return new Trial(plan, kernels, x).run();
  }

  /** One layer's way, without noise and with it. */
  private final class Trial {
    private final ConvolutionPlan plan;
    private final KernelSpectra kernels;
    private final LayerGeometry geometry;
    private final FrameShape frame;
    private final FftPlan fft;
    private final FloatBuffer x;
    private final int tiles;

    Trial(ConvolutionPlan plan, KernelSpectra kernels, FloatBuffer x) {
      this.plan = plan;
      this.kernels = kernels;
      this.x = x;
      geometry = plan.geometry();
      frame = plan.frame();
      fft = Kernels.fft().plan(frame.rows(), frame.cols());
      tiles = Math.min(TILES, plan.tiles());
    }

    double run() {
      float[][] exact = new float[plan.outputPairs()][tiles * 2 * frame.pixels()];
      float[][] noisy = new float[plan.outputPairs()][tiles * 2 * frame.pixels()];
      if (kernels.pairwise() != null) {
        pairwise(kernels.pairwise(), exact, noisy);
      } else {
        blockwise(exact, noisy);
      }
      Moments[] channels = new Moments[plan.layer().outChannels()];
      Arrays.setAll(channels, channel -> new Moments());
      FrameLoop.each(plan.outputPairs(), pair -> back(pair, exact[pair], noisy[pair], channels));
      double signal = 0;
      double noise = 0;
      for (Moments channel : channels) {
        signal += channel.squares - channel.sum * channel.sum / channel.count;
        noise += channel.noise;
      }
      return 10 * Math.log10(signal / noise);
    }

    /** The spectra of a pair's tiles, {@code [tiles][2][pixels]}, without noise and with it. */
    private void forward(int pair, TileEncoder encoder, float[] exact, float[] noisy) {
      int values = 2 * frame.pixels();
      for (int t = 0; t < tiles; t++) {
        float[] field = new float[values];
        encoder.encode(0, tile(t), pair, field, 0);
        float[] spectrum = field.clone();
        fft.forward(spectrum, 0, 1);
        float[] disturbed = disturbed(field, spectrum, false, pair * (long) TILES + t);
        separate(spectrum, exact, t * values);
        separate(disturbed, noisy, t * values);
      }
    }

    private int tile(int t) {
      return (int) ((long) t * plan.tiles() / tiles);
    }

    private void separate(float[] field, float[] planes, int target) {
      for (int i = 0; i < frame.pixels(); i++) {
        planes[target + i] = field[2 * i];
        planes[target + frame.pixels() + i] = field[2 * i + 1];
      }
    }

    private void blockwise(float[][] exact, float[][] noisy) {
      ChannelPacking unpacking = new ChannelPacking(frame, plan.inPlanes(), TILES);
      ChannelPacking packing = new ChannelPacking(frame, plan.outPlanes(), TILES);
      int perPlane = 2 * plan.frequencies() * TILES;
      FloatBuffer in = OpticalConvolver.direct(2L * perPlane * plan.inPlanes());
      FloatBuffer out = OpticalConvolver.direct(2L * perPlane * plan.outPlanes());
      FrameLoop.each(
          plan.inputPairs(),
          pair -> {
            float[] z = new float[tiles * 2 * frame.pixels()];
            float[] disturbed = new float[z.length];
            float[] scratch = new float[unpacking.scratch()];
            forward(pair, new TileEncoder(plan, geometry, x), z, disturbed);
            unpacking.unpack(z, pair, 0, tiles, in, 0, scratch);
            unpacking.clear(pair, tiles, in, 0, scratch);
            int second = perPlane * plan.inPlanes();
            unpacking.unpack(disturbed, pair, 0, tiles, in, second, scratch);
            unpacking.clear(pair, tiles, in, second, scratch);
          });
      kernels.multiply(in, TILES, 2, out);
      FrameLoop.each(
          plan.outputPairs(),
          pair -> {
            float[] scratch = new float[packing.scratch()];
            packing.pack(out, 0, pair, 0, tiles, exact[pair], scratch);
            packing.pack(out, perPlane * plan.outPlanes(), pair, 0, tiles, noisy[pair], scratch);
          });
    }

    private void pairwise(PairwiseSpectra spectra, float[][] exact, float[][] noisy) {
      int values = 2 * frame.pixels();
      FrameLoop.each(
          plan.outputPairs(),
          output -> {
            float[] z = new float[tiles * values];
            float[] disturbed = new float[z.length];
            int from = output * spectra.inputs();
            int to = Math.min(from + spectra.inputs(), spectra.inputPairs());
            for (int pair = from; pair < to; pair++) {
              forward(pair, new TileEncoder(plan, geometry, x), z, disturbed);
              for (int t = 0; t < tiles; t++) {
                spectra.addProduct(pair, z, t * values, exact[output], t * values);
                spectra.addProduct(pair, disturbed, t * values, noisy[output], t * values);
              }
            }
          });
    }

    /** Adds what a pair's tiles hold of outputs to their channels. */
    private void back(int pair, float[] exact, float[] noisy, Moments[] channels) {
      int values = 2 * frame.pixels();
      for (int t = 0; t < tiles; t++) {
        float[] spectrum = Arrays.copyOfRange(exact, t * values, (t + 1) * values);
        float[] field = spectrum.clone();
        fft.inverse(field, 0, 1);
        float[] other = Arrays.copyOfRange(noisy, t * values, (t + 1) * values);
        fft.inverse(other, 0, 1);
        float[] disturbed = disturbed(spectrum, field, true, ~(pair * (long) TILES + t));
        for (int part = 0; part < 2 && 2 * pair + part < plan.outPlanes(); part++) {
          Moments tile = new Moments();
          for (int r = 0; r < plan.validRows(); r++) {
            for (int c = 0; c < plan.validCols(); c++) {
              int i = 2 * (r * frame.cols() + c) + part;
              tile.add(field[i], (double) other[i] - field[i] + (disturbed[i] - field[i]));
            }
          }
          // The phases of a transposed layer's channel are planes with means of their own.
          channels[(2 * pair + part) / geometry.outPhases()].add(tile);
        }
      }
    }

    /** A transform with the noise that the device adds to it. */
    private float[] disturbed(float[] field, float[] transform, boolean inverse, long number) {
      double sigma = Math.sqrt(noisePower(field, transform, inverse) / 2);
      float[] noisy = transform.clone();
      if (sigma > 0) {
        Random random = new Random(SEED ^ (number * 0x9E3779B97F4A7C15L));
        for (int i = 0; i < noisy.length; i++) {
          noisy[i] += (float) (sigma * random.nextGaussian());
        }
      }
      return noisy;
    }

    /** Mean |error|² of a transform's samples. */
    private double noisePower(float[] field, float[] transform, boolean inverse) {
      FrameStatistics statistics;
      try {
        statistics =
            FrameStatistics.of(
                new ComplexField(frame, field),
                new ComplexField(frame, transform),
                device.calibration(),
                options,
                inverse);
      } catch (DeviceException e) {
        if (e.code() == ErrorCode.INVALID_ARGUMENT) {
          return 0; // nothing is shown
        }
        throw e;
      }
      double ratio = TransformNoise.predict(device, options, frame, statistics).noiseToSignal();
      return ratio * shownPower(inverse ? transform : field, inverse ? field : transform);
    }

    /** Mean power of what light transforms: without the part that a digital mean takes out. */
    private double shownPower(float[] withMean, float[] withBin) {
      double power = 0;
      for (float value : withMean) {
        power += (double) value * value;
      }
      if (options.digitalMean()) {
        power -= (double) withBin[0] * withBin[0] + (double) withBin[1] * withBin[1];
      }
      return Math.max(0, power) / frame.pixels();
    }
  }

  /** Sums over a channel's outputs. */
  private static final class Moments {
    double count;
    double sum;
    double squares;
    double noise;

    void add(double output, double error) {
      count++;
      sum += output;
      squares += output * output;
      noise += error * error;
    }

    synchronized void add(Moments other) {
      count += other.count;
      sum += other.sum;
      squares += other.squares;
      noise += other.noise;
    }
  }
}
