// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Counts come back bit for bit, and in the shorter codes where those can hold them. */
class CountCodeTest {
  private final Random random = new Random(4);

  @Test
  void wholeCountsOfSixteenBitsTakeTwoBytes() {
    for (int n : new int[] {1, 2, 3, 1023, 1024, 1025, 2047, 2048, 2049, 5000, 5001}) {
      assertCode(CountCode.UINT16, whole(n, 0));
      assertCode(CountCode.INT16, whole(n + 1, -32768));
      assertEquals(4L * ((n + 1) / 2), CountCode.UINT16.bytes(n));
    }
  }

  @Test
  void oneOtherCountAnywhereIsKept() {
    float[] odd = {
      -0f,
      0.5f,
      65536,
      -32769,
      4194304,
      8388608,
      1e30f,
      -1e30f,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MIN_VALUE,
      Float.MAX_VALUE,
      Float.intBitsToFloat(0x7fc12345)
    };
    for (float value : odd) {
      for (int at : new int[] {0, 20, 1023, 1024, 2499, 2500, 4096, 4999, 5000}) {
        float[] counts = whole(5001, 0);
        counts[at] = value;
        assertCode(CountCode.FLOAT32, counts);
      }
    }
  }

  @Test
  void aNegativeCountNeedsTheSignedCode() {
    float[] counts = {1, 2, -1};
    assertCode(CountCode.INT16, counts);
    counts[0] = 40000;
    assertCode(CountCode.FLOAT32, counts);
  }

  private float[] whole(int n, int from) {
    float[] counts = new float[n];
    for (int i = 0; i < n; i++) {
      counts[i] = from + random.nextInt(1 << 16);
    }
    counts[0] = from;
    counts[n - 1] = from + (1 << 16) - 1;
    return counts;
  }

  private static void assertCode(CountCode code, float[] counts) {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + 4 * counts.length).order(ByteOrder.LITTLE_ENDIAN).position(8);
    FloatBuffer source = FloatBuffer.allocate(counts.length + 3).put(3, counts);
    assertEquals(code, CountCode.write(source, 3, counts.length, bytes, true));
    assertEquals(8 + code.bytes(counts.length), bytes.position());
    float[] back = new float[counts.length + 1];
    code.read(bytes.position(8), FloatBuffer.wrap(back), 1, counts.length);
    for (int i = 0; i < counts.length; i++) {
      assertEquals(
          Float.floatToRawIntBits(counts[i]), Float.floatToRawIntBits(back[i + 1]), "count " + i);
    }
  }
}
