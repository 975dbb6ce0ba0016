// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pointwise layers are worth the way to a GPU. */
class TransferCostTest {
  private static boolean worthwhile(int cout, int cin, int pixels) {
    return TransferCost.declines(cout, cin, pixels).isEmpty();
  }

  /** The first column is who does it by these assumptions, worked out by hand. */
  @ParameterizedTest
  @CsvSource({
    // 2·4096²·256 / 720 per ns = 11.9 ms; (67.1 + 8.4) MB / 20 + 8.4 MB / 40 = 4.0 ms.
    "gpu, 4096, 4096, 256",
    // 2·512²·16384 / 720 = 11.9 ms; (1.0 + 67.1) / 20 + 67.1 / 40 = 5.1 ms.
    "gpu, 512, 512, 16384",
    // 2·64·128·262144 / 720 = 6.0 ms; 201 MB / 20 + 201 MB / 40 = 15.1 ms.
    "host, 128, 64, 262144",
    "host, 5, 64, 262144",
    "host, 1, 1, 1",
    "host, 1, 1, 2147483647",
    // 2·512²·64 / 720 = 47 µs, less than the start.
    "host, 512, 512, 64"
  })
  void theUsualLayers(String who, int cout, int cin, int pixels) {
    assertEquals(who.equals("gpu"), worthwhile(cout, cin, pixels));
  }

  @Property
  void morePixelsNeverTurnALayerBackToTheHost(
      @ForAll @IntRange(min = 1, max = 8192) int cout,
      @ForAll @IntRange(min = 1, max = 8192) int cin,
      @ForAll @IntRange(min = 1, max = 1 << 24) int few,
      @ForAll @IntRange(min = 1, max = 1 << 24) int more) {
    if (worthwhile(cout, cin, Math.min(few, more))) {
      assertTrue(worthwhile(cout, cin, Math.max(few, more)));
    }
  }

  @Property
  void bothDirectionsAreAlike(
      @ForAll @IntRange(min = 1, max = 8192) int cout,
      @ForAll @IntRange(min = 1, max = 8192) int cin,
      @ForAll @IntRange(min = 1, max = 1 << 24) int pixels) {
    assertEquals(worthwhile(cout, cin, pixels), worthwhile(cin, cout, pixels));
  }

  /** 2·c²/720 = 8·c·(1/20 + 1/40) + 2·c²/20000 at c = 224. */
  @Test
  void manyPixelsGoFromSomeChannelsOn() {
    int pixels = 1 << 24;
    assertFalse(worthwhile(223, 223, pixels));
    assertTrue(worthwhile(225, 225, pixels));
  }

  @Test
  void theReasonsAreForPeople() {
    assertEquals(
        "copying 3.2 MB would take longer than the product", TransferCost.declines(64, 64, 6200));
    assertEquals(
        "copying 20.5 kB would take longer than the product", TransferCost.declines(32, 32, 64));
    assertEquals(
        "the product is too small to be worth starting a GPU for it",
        TransferCost.declines(512, 512, 300));
  }
}
