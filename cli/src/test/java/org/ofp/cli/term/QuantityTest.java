// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.term;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4096, 4096",
    "-3, -3",
    "0.02, 0.02",
    "6.33e-7, 6.33e-7",
    "1e-15, 1e-15",
    "2916666.7, 2.917e6",
    "1e12, 1e12",
    "Infinity, infinity",
    "NaN, nan",
  })
  void numbersAreShort(double value, String expected) {
    assertEquals(expected, Quantity.number(value));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.00 ms",
    "0.0123, 12.3 ms",
    "1.04, 1.0 s",
    "119.4, 119.4 s",
    "723, 12 min 03 s",
    "3600, 1 h 00 min",
    "7621, 2 h 07 min",
  })
  void durationsHaveAFewDigits(double seconds, String expected) {
    assertEquals(expected, Quantity.seconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "1.25, +1.3",
    "-3.4, -3.4",
    "0, 0.0",
    "-0.0, 0.0",
    "-0.049, 0.0",
    "0.049, 0.0",
    "-0.051, -0.1",
    "NaN, NaN",
  })
  void differencesThatRoundToNothingHaveNoSign(double value, String expected) {
    assertEquals(expected, Quantity.signed(value));
  }

  @ParameterizedTest
  @CsvSource({
    "0, J, 0 J",
    "1, J, 1.00 J",
    "999.4, J, 999 J",
    "999.6, J, 1.00 kJ",
    "99.96, J, 100 J",
    "9.996, J, 10.0 J",
    "0.001534, J, 1.53 mJ",
    "2e-6, J, 2.00 µJ",
    "3e-20, J, 0.00 fJ",
    "80.24e9, '', 80.2 G",
    "123, '', 123",
    "5e20, '', 500000 P",
  })
  void prefixesKeepThreeDigits(double value, String unit, String expected) {
    assertEquals(expected, Quantity.si(value, unit));
  }

  @Test
  void otherQuantities() {
    assertEquals("512 MB", Quantity.bytes(512_000_000));
    assertEquals("1.9 GB", Quantity.bytes(1_900_000_000));
    assertEquals("12.3 %", Quantity.percent(0.123));
    assertEquals("1 frame", Quantity.count(1, "frame"));
    assertEquals("0 frames", Quantity.count(0, "frame"));
  }
}
