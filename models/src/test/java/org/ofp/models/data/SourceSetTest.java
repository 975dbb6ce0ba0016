// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SourceSetTest {
  private static final long HEAP = 1 << 30;

  /** Half of the heap is for decoding: 537 MB, at 13 bytes a pixel. */
  @Test
  void asManyPicturesAtOnceAsTheHeapHasRoomFor() {
    assertEquals(8, SourceSet.threads(1, HEAP, 8));
    assertEquals(8, SourceSet.threads(1_000_000, HEAP, 8)); // of 13 MB each
    assertEquals(4, SourceSet.threads(10_000_000, HEAP, 8)); // of 130 MB each
    assertEquals(1, SourceSet.threads(24_000_000, HEAP, 8)); // of 312 MB each
    assertEquals(1, SourceSet.threads(100_000_000, HEAP, 8)); // too large for one, and yet tried
    assertEquals(1, SourceSet.threads(100_000_000, 4 * HEAP, 8)); // of 1.3 GB each
    assertEquals(1, SourceSet.threads((long) Integer.MAX_VALUE * Integer.MAX_VALUE / 16, HEAP, 8));
  }
}
