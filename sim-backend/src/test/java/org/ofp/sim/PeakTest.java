// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ofp.device.FrameShape;
import org.ofp.device.PeakReader;
import org.ofp.device.Readout;
import org.ofp.kernels.Kernels;

/** Metering looks at few pixels, and has to see what a whole read would have shown. */
class PeakTest {
  private static final long SEED = 20261123;

  /** A read of one frame in both ways. */
  private static final class Reads {
    final PeakReader.Peak whole;
    final PeakReader.Peak brightest;
    final int drawn;

    Reads(String uri, FrameShape shape, float[] frame, double exposure) {
      Stages stages = Stages.of(Bench.parameters(uri), shape, Kernels.fft());
      assertTrue(stages.sensor().tellsPeak(), uri);
      Workbench workbench = new Workbench(shape, 1);
      workbench.take(FloatBuffer.wrap(frame), 0, 1);
      workbench.identify(0, 77, 1);
      stages.modulator().modulate(workbench.frames(), 1, false, null, workbench.lanes());
      stages.path().illuminate(workbench, workbench.frames(), 0, 1);
      Readout readout = Readout.plain(exposure);
      float[] counts = new float[shape.pixels()];
      workbench.turnTo(0);
      int clipped = stages.read(workbench, readout, 1, FloatBuffer.wrap(counts), 0);
      float most = 0;
      for (float count : counts) {
        most = Math.max(most, Math.abs(count));
      }
      whole = new PeakReader.Peak(most, clipped);
      workbench.turnTo(0);
      brightest = stages.peak(workbench, readout, 1);
      drawn = workbench.candidates().size();
    }
  }

  @Test
  void theBrightestPixelIsThatOfTheWholeRead() {
    Random random = new Random(SEED);
    int trials = Bench.count(800, 50_000);
    int few = 0;
    int saturated = 0;
    int moreThanTheBrightest = 0;
    for (int trial = 0; trial < trials; trial++) {
      FrameShape shape = new FrameShape(1 + random.nextInt(40), 1 + random.nextInt(40));
      String uri =
          String.format(
              Locale.ROOT,
              "sim:demonstrator?seed=%d&sensor.read-noise=%s&sensor.dsnu=%s&sensor.prnu=%s"
                  + "&sensor.black-level=%d&adc.bits=%d&sensor.gain=%s&sensor.dark-current=%s",
              trial,
              pick(random, "0", "1", "20", "300"),
              pick(random, "off", "2", "50"),
              pick(random, "off", "0.005", "0.2"),
              random.nextInt(200),
              8 + random.nextInt(9),
              pick(random, "0.001", "0.04", "1"),
              pick(random, "0", "20", "1e5"));
      float[] frame = frame(shape, random);
      double exposure = Math.pow(10, -6 + 5 * random.nextDouble());
      Reads reads = new Reads(uri, shape, frame, exposure);
      assertEquals(
          reads.whole, reads.brightest, "trial " + trial + " of seed " + SEED + ", " + uri);
      few += 10 * reads.drawn < shape.pixels() ? 1 : 0;
      moreThanTheBrightest += reads.drawn > 1 ? 1 : 0;
      saturated += reads.whole.saturated() > 0 ? 1 : 0;
    }
    // Otherwise the trials would show little: the short way has to be taken, and to matter.
    assertTrue(few > trials / 4, few + " of " + trials);
    assertTrue(moreThanTheBrightest > trials / 4, moreThanTheBrightest + " of " + trials);
    assertTrue(saturated > trials / 20, saturated + " of " + trials);
  }

  @Test
  void sensorsWithoutBoundedNoiseOrFloorAreReadAsAWhole() {
    FrameShape shape = new FrameShape(4, 4);
    for (String uri :
        new String[] {
          "sim:ideal",
          "sim:photonic",
          "sim:demonstrator?adc.bits=off",
          "sim:demonstrator?sensor.shot-noise=off"
        }) {
      assertFalse(Stages.of(Bench.parameters(uri), shape, Kernels.fft()).sensor().tellsPeak(), uri);
    }
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Spread at random, or about a mean, which gives one bright pixel. */
  private static float[] frame(FrameShape shape, Random random) {
    float mean = random.nextBoolean() ? 0 : 0.3f;
    float spread = (float) Math.pow(10, -3 * random.nextDouble()) * 0.4f;
    float[] frame = new float[2 * shape.pixels()];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = mean + spread * (2 * random.nextFloat() - 1);
    }
    return frame;
  }
}
