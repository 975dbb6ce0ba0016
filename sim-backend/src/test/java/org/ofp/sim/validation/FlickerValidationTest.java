// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim.validation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.ComplexField;
import org.ofp.device.DetectorFrame;
import org.ofp.device.Devices;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;

/**
 * Phase flicker: a sinusoidal phase of peak a, common to all pixels and fast against the exposure.
 * Its average over a period, J0(a), scales what interferes with the reference; the power does not
 * change (DLMF 10.9.1: the mean of exp(ia·sin t) is J0(a)).
 */
class FlickerValidationTest {
  private static final String DLMF = "NIST DLMF 10.9.1; physics.md";
  private static final int N = 16;
  private static final FrameShape SHAPE = new FrameShape(N, N);

  private static double coherentOrder(String options) {
    double[] field = Light.field(N, N, options, Frames.uniform(N, N, 1, 0.4));
    int axis = 2 * (N / 2 * N + N / 2);
    return Math.pow(Math.hypot(field[axis], field[axis + 1]) / N, 2);
  }

  @ParameterizedTest
  @CsvSource({"0.1,0.99501", "0.5,0.880726", "1,0.585527", "2,0.050127"})
  void coherentZeroOrder(double a, double expected) {
    String option = "slm.flicker=" + a;
    Validation order =
        new Validation(
            "flicker",
            "a = " + a + " rad, coherent readout",
            "J0²(a)",
            DLMF,
            expected,
            coherentOrder(option),
            5e-6,
            "the value is stated to five digits");
    order.check();
    order.assertRefuses(coherentOrder(""), "no flicker");
    order.assertRefuses(coherentOrder("slm.flicker=" + a / Math.sqrt(2)), "a meant as the RMS");
    new Validation(
            "flicker",
            "a = " + a + " rad, coherent readout, exact",
            "J0²(a)",
            DLMF,
            Math.pow(Optics.bessel(0, a), 2),
            coherentOrder(option),
            1.5e-6,
            "floats")
        .check();
    double[] still = Light.intensity(N, N, "", Frames.phase(N, N, (y, x) -> 0.3 * x * y));
    double[] flickering = Light.intensity(N, N, option, Frames.phase(N, N, (y, x) -> 0.3 * x * y));
    new Validation(
            "flicker",
            "a = " + a + " rad, no reference",
            "|E|² is unchanged, relative error",
            DLMF,
            0,
            Diffraction.relativeError(flickering, still),
            1e-6,
            "floats")
        .check();
  }

  /** Four-step counts on the axis: the field of a uniform frame and a reference of amplitude R. */
  private static double[] steps(String options, double reference) {
    double[] counts = new double[4];
    double exposure = N * N * Light.HC / (Light.POWER * Light.WAVELENGTH);
    try (OpticalFourierDevice device =
        Devices.open(
            "sim:ideal?rows=%d&cols=%d&readout=four-step&reference.amplitude=%s%s"
                .formatted(N, N, reference, options))) {
      device.load(SlmFrame.of(SHAPE, Frames.uniform(N, N, 0.5, 0.4), 0));
      device.transform();
      for (int k = 0; k < 4; k++) {
        DetectorFrame into = DetectorFrame.allocate(SHAPE, 1);
        device.read(Readout.withReference(exposure, k * Math.PI / 2), into);
        counts[k] = into.counts().get(N / 2 * N + N / 2);
      }
    }
    return counts;
  }

  @ParameterizedTest
  @CsvSource({"0.1,1", "1,4", "1.5,10"})
  void interferenceIsScaledAndPowerIsNot(double a, double reference) {
    // E = 8·exp(i(0.4 − π/2)) for half the amplitude on 16×16 pixels.
    double[] counts = steps("&slm.flicker=" + a, reference);
    double[] still = steps("", reference);
    double fringe = Math.hypot(counts[0] - counts[2], counts[1] - counts[3]);
    Validation interference =
        new Validation(
            "flicker",
            "a = %s rad, four steps, R = %s".formatted(a, reference),
            "|(I0−I2) + i(I1−I3)| / 4R|E|",
            DLMF,
            Optics.bessel(0, a),
            fringe / (4 * reference * 8),
            2e-6 * (64 + reference * reference) / (4 * reference * 8) + 1e-6,
            "counts in float, two roundings of 6e-8 of |E|² + R² each, and floats");
    interference.check();
    interference.assertRefuses(
        Math.hypot(still[0] - still[2], still[1] - still[3]) / (4 * reference * 8), "no flicker");
    double mean = (counts[0] + counts[1] + counts[2] + counts[3]) / 4;
    new Validation(
            "flicker",
            "a = %s rad, four steps, R = %s".formatted(a, reference),
            "mean of the four counts is |E|² + R²",
            DLMF,
            64 + reference * reference,
            mean,
            1e-6 * (64 + reference * reference),
            "floats")
        .check();
  }

  @Test
  void theMeasuredCalibrationKnowsIt() {
    float[] frame = Frames.of(N, N, (y, x) -> 0.6, (y, x) -> 0.2 * x * y);
    for (String readout : new String[] {"coherent", "four-step"}) {
      double[] truth = spectrum(readout, "", frame);
      Validation known =
          new Validation(
              "flicker",
              "a = 1 rad, " + readout + ", measured calibration",
              "relative error of the reconstructed transform",
              DLMF,
              0,
              Diffraction.relativeError(
                  spectrum(readout, "&slm.flicker=1&calibration=measured", frame), truth),
              3e-6,
              "two transforms in float, a four-step count of (|F| + R)² rounded to 6e-8");
      known.check();
      known.assertRefuses(1 - Optics.bessel(0, 1), "the nominal calibration");
    }
  }

  private static double[] spectrum(String readout, String options, float[] frame) {
    try (OpticalFourierDevice device =
        Devices.open("sim:ideal?rows=%d&cols=%d&readout=%s%s".formatted(N, N, readout, options))) {
      return Diffraction.widened(
          new FourierTransformer(device).forward(new ComplexField(SHAPE, frame)).values());
    }
  }
}
