// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.optics.Benches.bench;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofp.device.BufferKind;
import org.ofp.device.DetectorFrame;
import org.ofp.device.DeviceDescription;
import org.ofp.device.FrameChecks;
import org.ofp.device.FrameShape;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.device.SlmFrame;
import org.ofp.device.Telemetry;

/** The declared error of a device whose error is known: its field is the ideal one times (1+e). */
class FieldErrorValidationTest {
  private static final double MARGIN = 1.5;

  /** An ideal transform, slowly, times a number; otherwise as the bench's parameters say. */
  private static final class Scaled implements OpticalFourierDevice {
    final BenchParameters bench;
    final double scale;
    final List<FrameShape> shapes = new ArrayList<>();
    int closed;
    private double[] field;

    Scaled(BenchParameters bench, double error) {
      this.bench = bench;
      scale = 1 + error;
    }

    @Override
    public DeviceDescription description() {
      return new DeviceDescription(
          "fake", "fake", "1", bench.capabilities(BufferKind.HEAP), bench.calibration(), List.of());
    }

    @Override
    public void load(SlmFrame frame) {
      FrameChecks.requireAdmissible(frame, description().capabilities());
      shapes.add(frame.shape());
      int rows = frame.shape().rows();
      int cols = frame.shape().cols();
      float[] a = new float[2 * frame.shape().pixels()];
      frame.amplitudes().get(frame.offset(), a);
      field = new double[a.length];
      for (int v = 0; v < rows; v++) {
        for (int u = 0; u < cols; u++) {
          // Index origin on the axis of both planes, and the lens's 1/i.
          sum(a, frame.shape(), v - rows / 2, u - cols / 2, 2 * (v * cols + u));
        }
      }
    }

    private void sum(float[] a, FrameShape shape, int v, int u, int at) {
      for (int i = 0; i < shape.pixels(); i++) {
        double y = (double) v * (i / shape.cols() - shape.axisRow()) / shape.rows();
        double x = (double) u * (i % shape.cols() - shape.axisCol()) / shape.cols();
        double angle = -2 * Math.PI * (y + x) - Math.PI / 2;
        double unitary = scale / Math.sqrt(shape.pixels());
        field[at] += unitary * (a[2 * i] * Math.cos(angle) - a[2 * i + 1] * Math.sin(angle));
        field[at + 1] += unitary * (a[2 * i] * Math.sin(angle) + a[2 * i + 1] * Math.cos(angle));
      }
    }

    @Override
    public void transform() {}

    @Override
    public void read(Readout readout, DetectorFrame into) {
      readout.requireWithin(description().capabilities());
      int n = into.shape().pixels();
      double perUnit = bench.calibration().sensitivity() * readout.exposure();
      double r = readout.referenceOn() ? bench.reference().amplitude() : 0;
      double re = r * Math.cos(readout.referencePhase());
      double im = r * Math.sin(readout.referencePhase());
      for (int i = 0; i < n; i++) {
        double x = field[2 * i];
        double y = field[2 * i + 1];
        if (bench.readout() == ReadoutMode.COHERENT) {
          into.counts().put(into.offset() + i, (float) (perUnit * x));
          into.counts().put(into.offset() + n + i, (float) (perUnit * y));
        } else {
          double power = (x + re) * (x + re) + (y + im) * (y + im);
          double count = perUnit * power + bench.calibration().blackLevel();
          into.counts().put(into.offset() + i, (float) count);
        }
      }
    }

    @Override
    public Telemetry telemetry() {
      throw new AssertionError("nobody asks");
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private static void slowDft(float[] frame, int rows, int cols) {
    float[] in = frame.clone();
    for (int k = 0; k < rows * cols; k++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < rows * cols; i++) {
        int row = k / cols * (i / cols);
        int col = k % cols * (i % cols);
        double angle = -2 * Math.PI * ((double) row / rows + (double) col / cols);
        re += in[2 * i] * Math.cos(angle) - in[2 * i + 1] * Math.sin(angle);
        im += in[2 * i] * Math.sin(angle) + in[2 * i + 1] * Math.cos(angle);
      }
      frame[2 * k] = (float) (re / Math.sqrt((double) rows * cols));
      frame[2 * k + 1] = (float) (im / Math.sqrt((double) rows * cols));
    }
  }

  private static double error(BenchParameters bench, double error) {
    Scaled[] device = new Scaled[1];
    double declared =
        FieldError.of(
            bench,
            optics -> {
              device[0] = new Scaled(optics, error);
              return device[0];
            },
            FieldErrorValidationTest::slowDft);
    assertEquals(1, device[0].closed);
    return declared;
  }

  @ParameterizedTest
  @CsvSource({
    "coherent, complex",
    "four-step, complex",
    "intensity, complex",
    "intensity, phase-only",
    "coherent, amplitude-only"
  })
  void itIsTheRelativeErrorWithAMargin(String readout, String modulation) {
    BenchParameters bench =
        bench("ideal", "rows", "9", "cols", "12", "readout", readout, "slm.modulation", modulation);
    for (double e : new double[] {0.01, -0.1, 0.2}) {
      assertEquals(MARGIN * Math.abs(e), error(bench, e), 1e-5);
    }
    assertEquals(0, error(bench, 0));
    assertEquals(0.49, error(bench, 2), "the contract's bound");
  }

  /** Of a random frame before, e^(−t/τ) is left, which is √2 of a frame away on average. */
  @Test
  void settlingAddsWhatIsLeft() {
    String[] pairs = {"rows", "8", "cols", "8", "slm.settle", "1e-3", "slm.frame-period", "4e-3"};
    double left = Math.sqrt(2) * Math.exp(-4);
    assertEquals(MARGIN * left, error(bench("ideal", pairs), 0), 1e-6);
    assertEquals(MARGIN * Math.hypot(left, 0.03), error(bench("ideal", pairs), 0.03), 1e-6);
  }

  @Test
  void largeBenchesAreTriedByWindows() {
    for (String windows : new String[] {"on", "off"}) {
      BenchParameters bench =
          bench("demonstrator", "rows", "300", "cols", "20", "windows", windows);
      Scaled device = new Scaled(bench.noiseless(), 0);
      FieldError.of(bench, optics -> device, FieldErrorValidationTest::slowDft);
      assertEquals(List.of(new FrameShape(8, 8), new FrameShape(32, 20)), device.shapes);
    }
    BenchParameters small = bench("ideal", "rows", "9", "cols", "12", "windows", "off");
    Scaled device = new Scaled(small.noiseless(), 0);
    FieldError.of(small, optics -> device, FieldErrorValidationTest::slowDft);
    assertEquals(List.of(new FrameShape(9, 12)), device.shapes);
  }

  @Test
  void theDeviceHasNothingButItsOptics() {
    BenchParameters bench =
        bench("demonstrator", "slm.settle", "1e-3", "source.drift", "0.1", "windows", "off");
    BenchParameters optics = bench.noiseless();
    assertFalse(optics.hasMemory());
    assertTrue(optics.windows());
    assertEquals(0, optics.sensor().adcBits());
    assertEquals(0, optics.slm().phaseBits());
    assertEquals(bench.lens(), optics.lens());
  }

  @Test
  void theDeviceIsClosedWhateverHappens() {
    BenchParameters bench = bench("ideal", "rows", "8", "cols", "8");
    Scaled device = new Scaled(bench.noiseless(), 0);
    assertThrows(
        IllegalStateException.class,
        () ->
            FieldError.of(
                bench,
                optics -> device,
                (frame, rows, cols) -> {
                  throw new IllegalStateException("no FFT");
                }));
    assertEquals(1, device.closed);
  }
}
