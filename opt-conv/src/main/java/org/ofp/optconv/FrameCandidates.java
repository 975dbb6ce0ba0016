// SPDX-License-Identifier: Apache-2.0
package org.ofp.optconv;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ofp.device.Capabilities;

/**
 * Which frames are worth a look when a layer is planned: sizes of one direction, of which the
 * device may not take all combinations. Immutable.
 */
final class FrameCandidates {
  private static final int[] SIZES = {
    4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 256, 512, 1024, 2048, 4096
  };

  /** A map that fits one frame of this size or less may be given a frame of its own size. */
  private static final int OWN_FRAME = 64;

  /** The same where counts are quantised. */
  private static final int OWN_QUANTISED_FRAME = 40;

  /** Frames up to this size are considered for every kernel. */
  private static final int LARGE_FRAME = 64;

  /**
   * The same where counts are quantised: the peaks of larger frames' spectra hide the rest. A
   * network of 512×512 took the computer as long with 24 as with 40, and its logits gained 5 dB.
   */
  private static final int LARGE_QUANTISED_FRAME = 24;

  /** Frames up to so many times the kernel's extent are considered. */
  private static final int LARGE_MULTIPLE = 8;

  /** A map may be cut in up to so many equal parts where frames are what counts. */
  private static final int EQUAL_PARTS = 16;

  private final boolean windows;
  private final int ownFrame;
  private final int largeFrame;
  private final boolean sparing;

  /**
   * @param sparing whether few frames matter more than what they cost the computer
   */
  FrameCandidates(Capabilities capabilities, boolean sparing) {
    windows = capabilities.windows();
    boolean exact = capabilities.adcBits() == 0;
    ownFrame = exact ? OWN_FRAME : OWN_QUANTISED_FRAME;
    largeFrame = exact ? LARGE_FRAME : LARGE_QUANTISED_FRAME;
    this.sparing = sparing;
  }

  /**
   * Sizes of frames.
   *
   * @param max the device's largest frame; larger ones are composed
   */
  Set<Integer> sizes(AxisGeometry axis, int max) {
    SortedSet<Integer> sizes = windows ? windows(axis, max) : powers(axis, max);
    if (sizes.isEmpty() || sizes.first() > max) {
      sizes.add(max); // for a part of the kernel
    }
    return sizes;
  }

  private SortedSet<Integer> windows(AxisGeometry axis, int max) {
    SortedSet<Integer> sizes = new TreeSet<>();
    int extent = axis.extent();
    // Frames of many kernels' size waste little overlap already; larger ones only cost memory.
    int large = Math.max(largeFrame, LARGE_MULTIPLE * extent);
    int largest = sparing ? Math.max(max, large) : large;
    int whole = axis.whole();
    int own = Math.max(ownFrame, 2 * extent);
    if (whole <= (sparing ? max : Math.min(max, own))) {
      sizes.add(whole);
    }
    for (int size : SIZES) {
      // A frame must hold some outputs, and one much larger than the map is only waste.
      if (size > extent && size <= largest && size < 2 * whole) {
        sizes.add(size);
      }
    }
    for (int parts = 2; sparing && parts <= EQUAL_PARTS; parts++) {
      int size = ConvolutionPlan.ceilDiv(axis.count(), parts) + extent - 1;
      if (size <= max) {
        sizes.add(size);
      }
    }
    return sizes;
  }

  /** A device without windows shows its one frame, and composes powers of it. */
  private static SortedSet<Integer> powers(AxisGeometry axis, int max) {
    SortedSet<Integer> sizes = new TreeSet<>();
    sizes.add(max);
    long largest = Math.min(SIZES[SIZES.length - 1], 2L * axis.whole() - 1);
    for (long size = (long) max * max; max > 1 && size <= largest; size *= max) {
      sizes.add((int) size);
    }
    return sizes;
  }

  /** The kernel as it is if it fits the frame, and in parts that leave half of it to outputs. */
  static Set<Integer> extents(int extent, int frame) {
    Set<Integer> extents = new TreeSet<>();
    if (extent <= frame) {
      extents.add(extent);
    }
    if (2 * extent > frame) {
      extents.add(Math.min(extent, (frame + 1) / 2));
    }
    return extents;
  }
}
