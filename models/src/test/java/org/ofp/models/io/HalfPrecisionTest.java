// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** IEEE 754-2008, binary16. */
class HalfPrecisionTest {
  @Test
  void everyHalfSurvivesTheRoundTrip() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = HalfPrecision.toFloat((short) bits);
      if (Float.isNaN(value)) {
        assertTrue(Float.isNaN(HalfPrecision.toFloat(HalfPrecision.fromFloat(value))));
      } else {
        assertEquals((short) bits, HalfPrecision.fromFloat(value), "bits " + bits);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x3C00, 0x1.0p0",
    "0xC000, -0x1.0p1",
    "0x7BFF, 65504",
    "0x0400, 0x1.0p-14",
    "0x03FF, 0x1.ff8p-15",
    "0x0001, 0x1.0p-24",
    "0x8001, -0x1.0p-24",
    "0x7C00, Infinity",
    "0xFC00, -Infinity",
    "0x3555, 0x1.554p-2"
  })
  void knownValues(String bits, String value) {
    float expected = Float.parseFloat(value);
    assertEquals(expected, HalfPrecision.toFloat(Integer.decode(bits).shortValue()));
  }

  /** Halfway between neighbours goes to the even one, a bit more or less to the nearer. */
  @Test
  void roundsToNearestTiesToEven() {
    for (int bits = 0; bits < 0x7BFF; bits++) {
      float low = HalfPrecision.toFloat((short) bits);
      float high = HalfPrecision.toFloat((short) (bits + 1));
      float middle = (low + high) / 2; // exact in float32
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertEquals(even, HalfPrecision.fromFloat(middle));
      assertEquals(bits, HalfPrecision.fromFloat(Math.nextDown(middle)));
      assertEquals(bits + 1, HalfPrecision.fromFloat(Math.nextUp(middle)));
    }
    assertEquals(0x7BFF, HalfPrecision.fromFloat(Math.nextDown(65520f)));
    assertEquals(0x7C00, HalfPrecision.fromFloat(65520f));
  }
}
