// SPDX-License-Identifier: Apache-2.0
package org.ofp.optics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.optics.Statistics.assertWithin;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CounterRandomTest {
  private static final long SEED = 20261122;

  @Test
  void theOutputFunctionIsSplitMix64() {
    // The first outputs of SplitMix64 from seed 0, as in its authors' and Vigna's code.
    assertEquals(0xE220A8397B1DCDAFL, CounterRandom.bits(0, 1));
    assertEquals(0x6E789E6AA1B965F4L, CounterRandom.bits(0, 2));
    assertEquals(0x06C45D188009454FL, CounterRandom.bits(0, 3));
  }

  @Test
  void keysAreTheDocumentedFold() {
    // The same in exact integers: what another implementation, say on a GPU, has to give.
    Random random = new Random(SEED);
    for (int i = 0; i < 1000; i++) {
      long seed = random.nextLong();
      long id = random.nextLong();
      int repeat = random.nextInt();
      int step = random.nextInt();
      int stage = random.nextInt(10);
      BigInteger key = mix(big(seed).add(GOLDEN));
      key = mix(key.xor(big(id)));
      key = mix(key.add(BigInteger.valueOf(repeat).shiftLeft(32)).add(big(step).and(LOW)));
      key = mix(key.add(GOLDEN.multiply(BigInteger.valueOf(stage))));
      assertEquals(key.longValue(), CounterRandom.key(seed, id, repeat, step, stage));
    }
  }

  private static final BigInteger TWO64 = BigInteger.ONE.shiftLeft(64);
  private static final BigInteger LOW = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);
  private static final BigInteger GOLDEN = new BigInteger("9E3779B97F4A7C15", 16);

  private static BigInteger big(long x) {
    return new BigInteger(Long.toUnsignedString(x));
  }

  private static BigInteger mix(BigInteger z) {
    BigInteger x = z.mod(TWO64);
    x = x.xor(x.shiftRight(30)).multiply(new BigInteger("BF58476D1CE4E5B9", 16)).mod(TWO64);
    x = x.xor(x.shiftRight(27)).multiply(new BigInteger("94D049BB133111EB", 16)).mod(TWO64);
    return x.xor(x.shiftRight(31));
  }

  /** Streams along each thing that numbers are a function of, the others fixed. */
  static Stream<Arguments> streams() {
    long key = CounterRandom.key(SEED, 1, 2, 3, 4);
    return Stream.of(
        Arguments.of("pixel", (IntToLongFunction) i -> CounterRandom.bits(key, i)),
        Arguments.of("frame id", along(i -> CounterRandom.key(SEED, i, 0, 0, 6))),
        Arguments.of(
            "frame id's top", along(i -> CounterRandom.key(SEED, (long) i << 42, 0, 0, 6))),
        Arguments.of("repeat", along(i -> CounterRandom.key(SEED, 7, i, 0, 6))),
        Arguments.of("step", along(i -> CounterRandom.key(SEED, 7, 0, i, 6))),
        Arguments.of("stage", along(i -> CounterRandom.key(SEED, 7, 0, 0, i))),
        Arguments.of("seed", along(i -> CounterRandom.key(i, 7, 0, 0, 6))),
        Arguments.of(
            "frames of 64 pixels",
            (IntToLongFunction)
                i -> CounterRandom.bits(CounterRandom.key(SEED, i >> 6, 0, 0, 6), i & 63)));
  }

  private static IntToLongFunction along(IntToLongFunction key) {
    return i -> CounterRandom.bits(key.applyAsLong(i), 5);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void everyByteIsEquidistributed(String along, IntToLongFunction bits) {
    int n = Statistics.count(1 << 17, 1 << 22);
    int[][] observed = new int[8][256];
    for (int i = 0; i < n; i++) {
      long b = bits.applyAsLong(i);
      for (int at = 0; at < 8; at++) {
        observed[at][(int) (b >>> (8 * at)) & 0xFF]++;
      }
    }
    for (int at = 0; at < 8; at++) {
      double z = Statistics.standardised(Statistics.chiSquare(observed[at], n / 256.0), 255);
      assertWithin(0, z, Statistics.SIGMAS, along + ", byte " + at + ", seed " + SEED);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void neighboursAreNotCorrelated(String along, IntToLongFunction bits) {
    int n = Statistics.count(1 << 17, 1 << 22);
    for (int lag : new int[] {1, 2, 3, 7, 8, 16, 64, 512}) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum +=
            (Statistics.uniform(bits.applyAsLong(i)) - 0.5)
                * (Statistics.uniform(bits.applyAsLong(i + lag)) - 0.5);
      }
      // A product of two independent centred uniforms has variance 1/144.
      assertWithin(
          0,
          sum / n,
          Statistics.SIGMAS / 12 / Math.sqrt(n),
          along + ", lag " + lag + ", seed " + SEED);
    }
  }

  @Test
  void aCounterIsNotEquidistributed() {
    // Negative control: unmixed counters fail the test above by far.
    int[] observed = new int[256];
    int n = 1 << 16;
    for (int i = 0; i < n; i++) {
      observed[(int) ((i * 0x9E3779B97F4A7C15L) >>> 56)]++;
    }
    double z = Statistics.standardised(Statistics.chiSquare(observed, n / 256.0), 255);
    assertTrue(Math.abs(z) > 10, "z " + z);
  }

  @Test
  void everyInputBitFlipsHalfOfTheOutputBits() {
    Random random = new Random(SEED);
    int samples = Statistics.count(600, 20000);
    int inputs = 64 + 64 + 32 + 32 + 31;
    int[] flips = new int[inputs * 64];
    for (int s = 0; s < samples; s++) {
      long seed = random.nextLong();
      long id = random.nextLong();
      int repeat = random.nextInt();
      int step = random.nextInt();
      int pixel = random.nextInt() & 0x7FFFFFFF;
      long base = bits(seed, id, repeat, step, pixel);
      int input = 0;
      for (int b = 0; b < 64; b++) {
        count(flips, input++, base ^ bits(seed ^ 1L << b, id, repeat, step, pixel));
        count(flips, input++, base ^ bits(seed, id ^ 1L << b, repeat, step, pixel));
      }
      for (int b = 0; b < 32; b++) {
        count(flips, input++, base ^ bits(seed, id, repeat ^ 1 << b, step, pixel));
        count(flips, input++, base ^ bits(seed, id, repeat, step ^ 1 << b, pixel));
      }
      for (int b = 0; b < 31; b++) {
        count(flips, input++, base ^ bits(seed, id, repeat, step, pixel ^ 1 << b));
      }
    }
    // 14272 binomial counts; one of a sound mixer exceeds 6σ in 35000 runs.
    double allowed = 6 * Math.sqrt(0.25 / samples);
    for (int i = 0; i < flips.length; i++) {
      assertWithin(
          0.5, flips[i] / (double) samples, allowed, "input " + i / 64 + " to output " + i % 64);
    }
  }

  private static long bits(long seed, long id, int repeat, int step, int pixel) {
    return CounterRandom.bits(CounterRandom.key(seed, id, repeat, step, 6), pixel);
  }

  private static void count(int[] flips, int input, long difference) {
    for (int b = 0; b < 64; b++) {
      flips[64 * input + b] += (int) (difference >>> b & 1);
    }
  }

  @Test
  void smallNumbersGiveDistinctKeys() {
    Set<Long> keys = new HashSet<>();
    int count = 0;
    for (int seed = -3; seed < 5; seed++) {
      for (int id = -4; id < 12; id++) {
        for (int repeat = -1; repeat < 7; repeat++) {
          for (int step = -1; step < 9; step++) {
            for (int stage = 0; stage < 8; stage++) {
              keys.add(CounterRandom.key(seed, id, repeat, step, stage));
              count++;
            }
          }
        }
      }
    }
    // Of 82000 keys of 64 bits two are equal by chance in one case of 5 billion.
    assertEquals(count, keys.size());
  }

  @Test
  void everyPixelOfAFrameHasItsOwnNumber() {
    long key = CounterRandom.key(SEED, 0, 0, 0, 6);
    long[] bits = new long[1 << 18];
    Arrays.setAll(bits, p -> CounterRandom.bits(key, p));
    assertEquals(bits.length, Arrays.stream(bits).distinct().count());
    assertNotEquals(bits[0], CounterRandom.bits(CounterRandom.key(SEED, 0, 0, 1, 6), 0));
  }

  @Test
  void blocksHoldTheNumbersOfTheirPixels() {
    for (int first : new int[] {0, 1, 12345, Integer.MAX_VALUE - CounterRandom.BLOCK}) {
      long[] bits = new long[CounterRandom.BLOCK];
      CounterRandom.fill(SEED, first, bits, CounterRandom.BLOCK - 1);
      for (int i = 0; i < CounterRandom.BLOCK - 1; i++) {
        assertEquals(CounterRandom.bits(SEED, first + i), bits[i]);
      }
      assertEquals(0, bits[CounterRandom.BLOCK - 1], "not more than asked for");
    }
  }
}
