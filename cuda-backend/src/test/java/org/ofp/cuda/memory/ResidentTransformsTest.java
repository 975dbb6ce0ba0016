// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.cuda.emulator.EmulatedGpu;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceTransforms;
import org.ofp.device.ErrorCode;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameShape;
import org.ofp.device.TransformBatch;
import org.ofp.device.TransformOptions;

/**
 * Transforms in the GPU's memory against {@link TransformBatch} on the same device: the same bits,
 * exposures, clipped counts and statistics, for fields of every kind.
 */
class ResidentTransformsTest {
  private static final long SEED = 20261123;

  /** Odd, prime and mixed sizes; below, at and above what the kernels take at once. */
  private static final int[][] SHAPES = {
    {1, 1},
    {1, 2},
    {1, 7},
    {5, 1},
    {11, 9},
    {16, 16},
    {24, 24},
    {16, 32},
    {27, 19},
    {33, 47}
  };

  /** More than the host reconstructs in one run. */
  private static final FrameShape LARGE = new FrameShape(129, 131);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sim:ideal",
        "sim:demonstrator?seed=2",
        "sim:demonstrator?slm.fill-factor=0.9&sensor.fill-factor=0.8",
        "sim:ideal?adc.bits=8&sensor.fill-factor=0.5"
      })
  void areThoseOfTheHostBitForBit(String uri) {
    Random random = new Random(SEED);
    for (TransformOptions options :
        new TransformOptions[] {
          TransformOptions.defaults(), TransformOptions.defaults().digitalMean(false)
        }) {
      try (GpuSideBench bench = new GpuSideBench(uri, new EmulatedGpu(), 3 * 33 * 47)) {
        for (int[] size : SHAPES) {
          compare(bench, options, new FrameShape(size[0], size[1]), random);
        }
        if (options.digitalMean()) {
          compare(bench, options, LARGE, random);
        }
      }
    }
  }

  private static void compare(
      GpuSideBench bench, TransformOptions options, FrameShape shape, Random random) {
    try (DeviceTransforms there = DeviceTransforms.of(bench, options, shape).orElseThrow()) {
      Kind[] kinds = Kind.values();
      int values = 2 * shape.pixels();
      TransformBatch here = new FourierTransformer(bench, options).batch(shape, kinds.length);
      for (boolean inverse : new boolean[] {false, true}) {
        float[] fields = new float[kinds.length * values];
        for (int i = 0; i < kinds.length; i++) {
          kinds[i].fill(fields, i * values, values, random);
          here.identify(i, 77 + i, 5);
        }
        System.arraycopy(fields, 0, here.fields(), 0, fields.length);
        if (inverse) {
          here.inverse(kinds.length);
        } else {
          here.forward(kinds.length);
        }
        float[] results = new float[fields.length];
        for (int first = 0; first < kinds.length; first += there.capacity()) {
          int n = Math.min(there.capacity(), kinds.length - first);
          there.fields().write(FloatBuffer.wrap(fields), first * values, 0, n * values);
          for (int i = 0; i < n; i++) {
            there.identify(i, 77 + first + i, 5);
          }
          if (inverse) {
            there.inverse(n);
          } else {
            there.forward(n);
          }
          there.fields().read(0, FloatBuffer.wrap(results), first * values, n * values);
        }
        for (int i = 0; i < kinds.length; i++) {
          assertArrayEquals(
              Arrays.copyOfRange(here.fields(), i * values, (i + 1) * values),
              Arrays.copyOfRange(results, i * values, (i + 1) * values),
              kinds[i] + " of " + shape + ", inverse " + inverse + ", seed " + SEED);
        }
        assertEquals(here.takeClipped(), there.takeClipped());
        assertEquals(here.takeStatistics(), there.takeStatistics());
      }
    }
  }

  /** Fields that go different ways through the encoding. */
  private enum Kind {
    RANDOM(1),
    /** A mean beside which the rest is small. */
    OFFSET(1e-3f),
    LARGE(1e12f),
    /** Squares leave the range of a float. */
    HUGE(1e25f),
    /** Sums leave the range of a float. */
    EXTREME(1e38f),
    /** Squares lose digits. */
    SMALL(1e-17f),
    /** Squares vanish. */
    TINY(1e-30f),
    SUBNORMAL(1e-40f),
    CONSTANT(0),
    DARK(0),
    IMPULSE(0);

    private final float spread;

    Kind(float spread) {
      this.spread = spread;
    }

    void fill(float[] fields, int offset, int values, Random random) {
      for (int i = 0; i < values; i++) {
        float base = this == OFFSET || this == CONSTANT ? 3 - i % 2 : 0;
        fields[offset + i] =
            base + spread * Math.max(-3, Math.min(3, (float) random.nextGaussian()));
      }
      if (this == IMPULSE) {
        fields[offset + random.nextInt(values)] = -2;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsRefused(float bad) {
    FrameShape shape = new FrameShape(27, 31);
    int values = 2 * shape.pixels();
    for (String uri : new String[] {"sim:ideal", "sim:demonstrator"}) {
      try (GpuSideBench bench = new GpuSideBench(uri, new EmulatedGpu(), 5000);
          DeviceTransforms there =
              DeviceTransforms.of(bench, TransformOptions.defaults(), shape).orElseThrow()) {
        for (int at : new int[] {0, 1, 2 * 600, values - 1}) {
          float[] fields = new float[3 * values];
          Kind.RANDOM.fill(fields, 0, fields.length, new Random(SEED));
          fields[values + at] = bad;
          there.fields().write(FloatBuffer.wrap(fields), 0, 0, fields.length);
          for (int i = 0; i < 3; i++) {
            there.identify(i, 1000 + i, 0);
          }
          for (boolean inverse : new boolean[] {false, true}) {
            DeviceException e =
                assertThrows(
                    DeviceException.class,
                    () -> {
                      if (inverse) {
                        there.inverse(3);
                      } else {
                        there.forward(3);
                      }
                    });
            assertEquals(ErrorCode.INADMISSIBLE_FRAME, e.code());
            assertTrue(e.getMessage().contains("1001"), e.getMessage());
            there.fields().write(FloatBuffer.wrap(fields), 0, 0, fields.length);
          }
        }
      }
    }
  }

  @Test
  void resultsDoNotDependOnTheBatch() {
    FrameShape shape = new FrameShape(20, 14);
    int values = 2 * shape.pixels();
    float[] fields = new float[6 * values];
    Kind.RANDOM.fill(fields, 0, fields.length, new Random(SEED));
    float[][] results = new float[3][fields.length];
    int[] atOnce = {1, 4, 6};
    for (int r = 0; r < atOnce.length; r++) {
      try (GpuSideBench bench =
              new GpuSideBench(
                  "sim:demonstrator?seed=9", new EmulatedGpu(), atOnce[r] * shape.pixels());
          DeviceTransforms there =
              DeviceTransforms.of(bench, TransformOptions.defaults(), shape).orElseThrow()) {
        assertEquals(atOnce[r], there.capacity());
        for (int first = 0; first < 6; first += there.capacity()) {
          int n = Math.min(there.capacity(), 6 - first);
          there.fields().write(FloatBuffer.wrap(fields), first * values, 0, n * values);
          for (int i = 0; i < n; i++) {
            there.identify(i, first + i, 0);
          }
          there.forward(n);
          there.fields().read(0, FloatBuffer.wrap(results[r]), first * values, n * values);
        }
      }
    }
    assertArrayEquals(results[0], results[1]);
    assertArrayEquals(results[0], results[2]);
  }
}
