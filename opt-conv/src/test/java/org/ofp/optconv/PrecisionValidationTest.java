// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.ComplexField;
import org.ofp.device.Devices;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;

/**
 * Convolution error against bits on a device that only quantises: 16→16 channels, Gaussian 3×3
 * kernels, 32×32 maps with a 1/f amplitude spectrum, standard deviation 0.25 about mean 0.5,
 * clipped at 0, in one frame of 34×34; amplitude, phase and I/Q converter with b bits each. The
 * figures were computed by an independent program; signal is the output without each map's mean.
 */
class PrecisionValidationTest {
  private static final int CHANNELS = 16;
  private static final int SIZE = 32;

  /** Averages over this many maps: the figure of one draw varies by some tenths of a decibel. */
  private static final int DRAWS = 6;

  @ParameterizedTest
  @CsvSource({
    "4, 0.2, 5.3",
    "6, 5.5, 16.9",
    "8, 16.5, 29.3",
    "10, 28.7, 41.3",
    "12, 40.8, 53.4",
  })
  void followsTheReferenceFigures(int bits, double plain, double digitalMean) {
    double measuredPlain = snr(bits, TransformOptions.defaults().digitalMean(false));
    double measured = snr(bits, TransformOptions.defaults());
    System.out.printf(
        "%2d bits: plain %.1f dB (reference %.1f), mean handled digitally %.1f dB (reference"
            + " %.1f)%n",
        bits, measuredPlain, plain, measured, digitalMean);
    assertEquals(digitalMean, measured, 1.0, "mean handled digitally");
    assertEquals(plain, measuredPlain, 1.0, "plain");
    assertTrue(measured > measuredPlain + 3, "handling the mean must help");
  }

  private static double snr(int bits, TransformOptions options) {
    ConvolutionSpec spec = ConvolutionSpec.of(CHANNELS, CHANNELS, 3).padding(1).bias(false);
    double signal = 0;
    double noise = 0;
    try (OpticalFourierDevice exact = Devices.open("sim:ideal");
        OpticalFourierDevice device =
            Devices.open(
                "sim:ideal?slm.amplitude-bits="
                    + bits
                    + "&slm.phase-bits="
                    + bits
                    + "&adc.bits="
                    + bits)) {
      for (int draw = 0; draw < DRAWS; draw++) {
        Random random = new Random(100 + draw);
        float[] x = maps(exact, random);
        float[] w = new float[spec.weightCount()];
        for (int i = 0; i < w.length; i++) {
          w[i] = (float) random.nextGaussian();
        }
        float[] reference = convolve(exact, TransformOptions.defaults(), spec, x, w);
        float[] y = convolve(device, options, spec, x, w);
        for (int c = 0; c < CHANNELS; c++) {
          double mean = 0;
          for (int i = 0; i < SIZE * SIZE; i++) {
            mean += reference[c * SIZE * SIZE + i] / (SIZE * SIZE);
          }
          for (int i = c * SIZE * SIZE; i < (c + 1) * SIZE * SIZE; i++) {
            signal += Math.pow(reference[i] - mean, 2);
            noise += Math.pow(y[i] - reference[i], 2);
          }
        }
      }
    }
    return 10 * Math.log10(signal / noise);
  }

  private static float[] convolve(
      OpticalFourierDevice device,
      TransformOptions options,
      ConvolutionSpec spec,
      float[] x,
      float[] w) {
    OpticalConvolver convolver = new OpticalConvolver(device, options);
    LayerGeometry geometry =
        LayerGeometry.of(spec, SIZE, SIZE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    ConvolutionPlan plan =
        ConvolutionPlan.of(
            spec,
            SIZE,
            SIZE,
            new FrameShape(34, 34),
            geometry,
            new TransformEffort(1, 34 * 34, 1, 0, 0));
    assertEquals(1, plan.tiles());
    float[] y = new float[CHANNELS * SIZE * SIZE];
    try (KernelSpectra kernels = convolver.spectra(plan, FloatBuffer.wrap(w), true)) {
      convolver.convolve(
          plan, FrameKey.forward(0, 0), 1, FloatBuffer.wrap(x), kernels, null, FloatBuffer.wrap(y));
    }
    return y;
  }

  /** White noise filtered by 1/f, scaled to the recipe's mean and deviation. */
  private static float[] maps(OpticalFourierDevice exact, Random random) {
    FourierTransformer fourier = new FourierTransformer(exact);
    float[] maps = new float[CHANNELS * SIZE * SIZE];
    for (int c = 0; c < CHANNELS; c++) {
      float[] white = new float[SIZE * SIZE];
      for (int i = 0; i < white.length; i++) {
        white[i] = (float) random.nextGaussian();
      }
      ComplexField spectrum = fourier.forward(ComplexField.ofReal(SIZE, SIZE, white));
      for (int r = 0; r < SIZE; r++) {
        for (int k = 0; k < SIZE; k++) {
          double f = Math.hypot(Math.min(r, SIZE - r), Math.min(k, SIZE - k));
          float scale = f == 0 ? 0 : (float) (1 / f);
          spectrum.values()[2 * (r * SIZE + k)] *= scale;
          spectrum.values()[2 * (r * SIZE + k) + 1] *= scale;
        }
      }
      ComplexField map = fourier.inverse(spectrum);
      double power = 0;
      for (int i = 0; i < SIZE * SIZE; i++) {
        power += map.values()[2 * i] * (double) map.values()[2 * i];
      }
      double deviation = Math.sqrt(power / (SIZE * SIZE));
      for (int i = 0; i < SIZE * SIZE; i++) {
        maps[c * SIZE * SIZE + i] =
            (float) Math.max(0, 0.5 + 0.25 * map.values()[2 * i] / deviation);
      }
    }
    return maps;
  }
}
