// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class ClassMapTest {
  @Test
  void noDifferenceIsLostOnACoarserGrid() {
    byte[] reference = new byte[30 * 20];
    byte[] other = reference.clone();
    other[7 * 30 + 22] = 1;
    reference[3] = (byte) 255;
    boolean[] expected = new boolean[6];
    expected[0 * 3 + 2] = true;
    assertArrayEquals(
        expected,
        new ClassMap(30, 20, other).differences(new ClassMap(30, 20, reference), 255, 3, 2));
    expected[0] = true;
    assertArrayEquals(
        expected,
        new ClassMap(30, 20, other).differences(new ClassMap(30, 20, reference), -1, 3, 2));
  }
}
