// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.Devices;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.TransformOptions;

/** The predicted SNR of layers against what a simulated bench then shows. */
class LayerSnrTest {
  /** The bound; the sample of tiles and of noise is good to some tenths of a decibel. */
  private static final double WITHIN_DB = 2;

  @ParameterizedTest
  @CsvSource({
    "sim:demonstrator, 1, 1, 1",
    "sim:demonstrator, 2, 1, 1",
    "sim:demonstrator, 1, 4, 1",
    "sim:demonstrator, 1, 1, 3",
    "sim:demonstrator, 2, 2, 2",
    "sim:demonstrator?slm.amplitude-bits=4&slm.phase-bits=4, 1, 1, 1",
    "sim:demonstrator?adc.bits=8, 1, 1, 1",
    "sim:photonic, 1, 1, 1"
  })
  void predictionsAgreeWithWhatIsMeasured(String uri, int slices, int repeats, int exposures) {
    TransformOptions options =
        TransformOptions.defaults().slices(slices).repeats(repeats).exposures(exposures);
    try (OpticalFourierDevice device = Devices.open(uri);
        OpticalFourierDevice ideal = Devices.open("sim:ideal")) {
      OpticalConvolver noisy = new OpticalConvolver(device, options);
      OpticalConvolver exact = new OpticalConvolver(ideal, TransformOptions.defaults());
      LayerSnr prediction = new LayerSnr(device.description(), options);
      LayerSpec[] layers = {
        ConvolutionSpec.of(8, 8, 3).padding(1),
        ConvolutionSpec.of(3, 16, 3).padding(1).stride(2),
        ConvolutionSpec.of(12, 12, 5).padding(2).groups(12),
        TransposedSpec.of(8, 4, 3).stride(2).padding(1).outputPadding(1)
      };
      for (LayerSpec layer : layers) {
        Random random = new Random(20261123);
        float[] x = map(random, layer.inChannels(), 48);
        float[] w = new float[layer.weightCount()];
        for (int i = 0; i < w.length; i++) {
          w[i] = (float) random.nextGaussian();
        }
        ConvolutionPlan plan = noisy.plan(layer, 48, 48);
        double predicted;
        double measured;
        try (KernelSpectra kernels = noisy.spectra(plan, FloatBuffer.wrap(w), true)) {
          predicted = prediction.predict(plan, kernels, FloatBuffer.wrap(x));
          measured =
              snr(convolve(exact, layer, x, w), convolve(noisy, layer, x, w), layer.outChannels());
        }
        System.out.printf(
            "%s, %d slices, %d repeats, %d exposures, %s: predicted %.1f dB, measured %.1f dB%n",
            uri, slices, repeats, exposures, layer, predicted, measured);
        assertEquals(measured, predicted, WITHIN_DB, layer.toString());
      }
    }
  }

  @Test
  void aDeviceWithoutNoiseHasNone() {
    try (OpticalFourierDevice ideal = Devices.open("sim:ideal")) {
      OpticalConvolver exact = new OpticalConvolver(ideal, TransformOptions.defaults());
      ConvolutionSpec layer = ConvolutionSpec.of(2, 2, 3);
      ConvolutionPlan plan = exact.plan(layer, 20, 20);
      float[] w = new float[layer.weightCount()];
      w[4] = 1;
      try (KernelSpectra kernels = exact.spectra(plan, FloatBuffer.wrap(w), true)) {
        LayerSnr snr = new LayerSnr(ideal.description(), TransformOptions.defaults());
        double predicted = snr.predict(plan, kernels, FloatBuffer.wrap(map(new Random(1), 2, 20)));
        assertTrue(predicted > 120, "predicted " + predicted);
      }
    }
  }

  /** Rectified smooth noise, as between the layers of a network. */
  private static float[] map(Random random, int channels, int size) {
    float[] x = new float[channels * size * size];
    for (int c = 0; c < channels; c++) {
      double[] phases = random.doubles(40, 0, 2 * Math.PI).toArray();
      for (int i = 0; i < size * size; i++) {
        double value = 0;
        for (int k = 0; k < 20; k++) {
          double angle = phases[k] + (i / size * (k % 5) + i % size * (k / 5)) * 0.3;
          value += Math.cos(angle) / (1 + k % 5 + k / 5);
        }
        x[c * size * size + i] = (float) Math.max(0, value + 0.3 * random.nextGaussian());
      }
    }
    return x;
  }

  private static float[] convolve(OpticalConvolver engine, LayerSpec layer, float[] x, float[] w) {
    ConvolutionPlan plan = engine.plan(layer, 48, 48);
    float[] y = new float[layer.outChannels() * plan.outputRows() * plan.outputCols()];
    try (KernelSpectra kernels = engine.spectra(plan, FloatBuffer.wrap(w), true)) {
      engine.convolve(
          plan, FrameKey.forward(0, 0), 1, FloatBuffer.wrap(x), kernels, null, FloatBuffer.wrap(y));
    }
    return y;
  }

  private static double snr(float[] reference, float[] y, int channels) {
    int pixels = y.length / channels;
    double signal = 0;
    double noise = 0;
    for (int c = 0; c < channels; c++) {
      double mean = 0;
      for (int i = c * pixels; i < (c + 1) * pixels; i++) {
        mean += reference[i] / pixels;
      }
      for (int i = c * pixels; i < (c + 1) * pixels; i++) {
        signal += Math.pow(reference[i] - mean, 2);
        noise += Math.pow(y[i] - reference[i], 2);
      }
    }
    return 10 * Math.log10(signal / noise);
  }
}
