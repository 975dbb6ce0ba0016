// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.Failures.assertFails;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A field as a sum of frames that a modulator with levels can show. The quantiser here is written
 * down a second time, from docs/PHYSICS.md, as a device would do it: round what is asked for.
 */
class BitSlicesValidationTest {
  private static final FrameShape SHAPE = new FrameShape(37, 41);
  private static final int VALUES = 2 * SHAPE.pixels();

  private static DeviceDescription description(
      Modulation modulation, int amplitudeBits, int phaseBits, String drive, String range) {
    Capabilities some =
        TestBench.capabilities(SHAPE, true, modulation, ReadoutMode.COHERENT, 0, BufferKind.HEAP);
    Capabilities capabilities =
        new Capabilities(
            SHAPE,
            true,
            modulation,
            some.complexEncoding(),
            amplitudeBits,
            phaseBits,
            ReadoutMode.COHERENT,
            0,
            1e-9,
            1e9,
            1,
            0,
            0,
            Determinism.NOISELESS,
            BufferKind.HEAP,
            EnergyUse.unknown(),
            OpticalFourierDevice.API_LEVEL);
    return new DeviceDescription(
        "test",
        "bench of levels",
        "test 1",
        capabilities,
        TestBench.calibration(ReadoutMode.COHERENT, 0, 0, DetectorNoise.unknown(), Shading.none()),
        List.of(
            new PhysicalParameter("slm.drive", drive, ""),
            new PhysicalParameter("slm.phase-range", range, "rad")));
  }

  /** What a device shows of what it is asked for. */
  private static double[] shown(DeviceDescription device, float re, float im) {
    Capabilities capabilities = device.capabilities();
    if (device.parameters().get(0).value().equals("iq")) {
      double steps = (1 << (capabilities.amplitudeBits() - 1)) - 1;
      return new double[] {Math.round(re * steps) / steps, Math.round(im * steps) / steps};
    }
    double magnitude = Math.hypot(re, im);
    double phase = Math.atan2(im, re);
    if (capabilities.modulation() == Modulation.PHASE_ONLY) {
      magnitude = 1;
    } else if (capabilities.amplitudeBits() > 0) {
      double steps = (1 << capabilities.amplitudeBits()) - 1;
      magnitude = Math.round(magnitude * steps) / steps;
    }
    if (capabilities.phaseBits() > 0) {
      int levels = 1 << capabilities.phaseBits();
      String range = device.parameters().get(1).value();
      double radians = range.equals("off") ? 2 * Math.PI : Double.parseDouble(range);
      long level = Math.floorMod(Math.round(phase * levels / (2 * Math.PI)), levels);
      phase = radians * level / levels;
    }
    return new double[] {magnitude * Math.cos(phase), magnitude * Math.sin(phase)};
  }

  /** Largest |what is left of a frame| of largest amplitude 1. */
  private static double bound(DeviceDescription device) {
    Capabilities capabilities = device.capabilities();
    int amplitude = capabilities.amplitudeBits();
    if (device.parameters().get(0).value().equals("iq")) {
      return Math.sqrt(0.5) / ((1 << (amplitude - 1)) - 1);
    }
    boolean steps = amplitude > 0 && capabilities.modulation() == Modulation.COMPLEX;
    double along = steps ? 0.5 / ((1 << amplitude) - 1) : 0;
    double across =
        capabilities.phaseBits() == 0
            ? 0
            : 2 * Math.sin(Math.PI / 2 / (1 << capabilities.phaseBits()));
    return Math.hypot(along, across);
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLEX, 8, 8, amplitude-phase, off",
    "COMPLEX, 4, 6, amplitude-phase, off",
    "COMPLEX, 6, 4, amplitude-phase, off",
    "COMPLEX, 8, 0, amplitude-phase, off",
    "COMPLEX, 0, 8, amplitude-phase, off",
    "COMPLEX, 8, 8, iq, off",
    "COMPLEX, 3, 3, iq, off",
    "PHASE_ONLY, 0, 8, amplitude-phase, off",
    "PHASE_ONLY, 8, 4, amplitude-phase, off",
    "COMPLEX, 2, 2, amplitude-phase, off",
    "COMPLEX, 8, 8, amplitude-phase, 6.1",
    "PHASE_ONLY, 0, 8, amplitude-phase, 6.4",
  })
  void slicesAddUpToTheFieldAsADeviceShowsThem(
      Modulation modulation, int amplitudeBits, int phaseBits, String drive, String range) {
    DeviceDescription device = description(modulation, amplitudeBits, phaseBits, drive, range);
    int phases = device.capabilities().complexEncoding().frames();
    BitSlices slices = new BitSlices(SHAPE, new DisplayLevels(device));
    float[] field = NaiveDft.randomField(SHAPE.rows(), SHAPE.cols(), 5);
    double[] truth = NaiveDft.toDouble(field);
    double[] facts = new double[2 * FrameEncoding.FACTS];
    new FrameEncoding(SHAPE, Shading.none(), false).encode(field, 0, false, facts, 0);
    slices.reach(field, 0, facts, 0);
    double scale = facts[FrameEncoding.SCALE];
    double[] sum = new double[VALUES];
    FloatBuffer frames = FloatBuffer.allocate(3 + phases * VALUES);
    double loose = range.equals("off") ? 1e-6 : 0.3; // a false range leaves more over
    for (int s = 0; s < 3; s++) {
      if (phases == 2) {
        DoublePhase.split(field, 0, SHAPE.pixels(), frames, 3);
      } else {
        frames.put(3, field);
      }
      slices.advance(field, 0, frames, 3, phases, facts, FrameEncoding.FACTS);
      for (int i = 0; i < phases * VALUES; i += 2) {
        float re = frames.get(3 + i);
        float im = frames.get(4 + i);
        assertTrue(Math.hypot(re, im) <= 1 + 1e-6, "beyond what a device takes");
        double[] pixel = shown(device, re, im);
        sum[i % VALUES] += scale * pixel[0] / phases;
        sum[i % VALUES + 1] += scale * pixel[1] / phases;
      }
      double left = facts[FrameEncoding.FACTS + FrameEncoding.SCALE];
      scale *= left;
      // What is left over, scaled to the full range, plus what was shown is the field. Floats keep
      // 2^-24 of every slice's values; their errors shrink with the scales.
      double reach = drive.equals("iq") ? 1 - Math.sqrt(0.5) / ((1 << (amplitudeBits - 1)) - 1) : 1;
      assertTrue(left <= (bound(device) + loose) / reach, "slice " + s + " leaves " + left);
      for (int i = 0; i < VALUES; i++) {
        assertEquals(truth[i], sum[i] + scale * field[i], 1e-6, "value " + i);
      }
    }
    // As many bits again from every slice.
    double error = 0;
    for (int i = 0; i < VALUES; i++) {
      error = Math.max(error, Math.abs(sum[i] - truth[i]));
    }
    double worst = Math.pow((bound(device) + loose) / 0.7, 3) * facts[FrameEncoding.SCALE];
    assertTrue(error <= Math.max(2 * worst, 1e-6), "error " + error + " of " + worst);
  }

  @Test
  void withoutMiddlesOfLevelsTheDeviceDecidesForItself() {
    // Negative control: half-way between two levels a device may take either; then what was thought
    // to be left over is wrong by a whole step. The middle of a level leaves no choice.
    DeviceDescription device = description(Modulation.COMPLEX, 8, 8, "amplitude-phase", "off");
    float between = 100.5f / 255;
    double up = shown(device, Math.nextUp(between), 0)[0];
    double down = shown(device, Math.nextDown(Math.nextDown(between)), 0)[0];
    assertEquals(1 / 255.0, up - down, 1e-9);
    float[] asked = {between, 0};
    new DisplayLevels(device).settle(asked, 2, 1, new float[2], true);
    for (float nudged : new float[] {asked[0], asked[0] + 1e-3f, asked[0] - 1e-3f}) {
      assertEquals(asked[0], shown(device, nudged, 0)[0], 1e-7);
    }
  }

  @Test
  void darknessStaysDark() {
    DeviceDescription device = description(Modulation.COMPLEX, 8, 8, "amplitude-phase", "off");
    float[] field = new float[VALUES];
    FloatBuffer frames = FloatBuffer.allocate(VALUES);
    double[] facts = new double[FrameEncoding.FACTS];
    new BitSlices(SHAPE, new DisplayLevels(device)).advance(field, 0, frames, 0, 1, facts, 0);
    assertEquals(0, facts[FrameEncoding.SCALE]);
    for (int i = 0; i < VALUES; i++) {
      assertEquals(0f, frames.get(i));
      assertEquals(0f, field[i]);
    }
  }

  @Test
  void slicesOfAContinuousModulatorAreRefused() {
    TestBench bench = TestBench.analogue(ReadoutMode.COHERENT, BufferKind.HEAP);
    assertFails(
        ErrorCode.UNSUPPORTED,
        () -> new FourierTransformer(bench, TransformOptions.defaults().slices(2)),
        "test bench",
        "without levels",
        "2 slices");
  }
}
