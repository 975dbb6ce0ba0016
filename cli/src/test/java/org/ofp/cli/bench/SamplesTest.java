// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void mediansAndPercentilesAreThoseOfTheSortedSamples() {
    Samples samples = new Samples();
    for (int i = 0; i < 200; i++) {
      samples.add((i * 7) % 200 + 1); // 1 … 200 in some order
    }
    assertEquals(200, samples.count());
    assertEquals(1, samples.min());
    assertEquals(100.5, samples.median());
    assertEquals(100, samples.percentile(50));
    assertEquals(198, samples.percentile(99));
    assertEquals(200, samples.percentile(100));
  }

  @Test
  void fewSamplesHaveTheLargestAsTheirHighestPercentile() {
    Samples samples = new Samples();
    samples.add(3);
    assertEquals(3, samples.median());
    assertEquals(3, samples.percentile(50));
    samples.add(1);
    samples.add(2);
    assertEquals(2, samples.median());
    assertEquals(3, samples.percentile(99));
  }
}
