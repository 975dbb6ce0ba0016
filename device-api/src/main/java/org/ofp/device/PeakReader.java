// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/**
 * Reads the field that is at the detector now, for its brightest pixel alone: what metering asks
 * for. A simulator can tell without drawing the noise of pixels that cannot be the brightest.
 */
@Experimental(since = "0.1")
@FunctionalInterface
public interface PeakReader {
  /**
   * Reads once. Takes the device's time and counts as a read like any other.
   *
   * @param readout exposure and gain, without the reference
   */
  Peak read(Readout readout);

  /**
   * What a read shows.
   *
   * @param count the largest magnitude among the counts
   * @param saturated values that were clipped
   */
  record Peak(float count, int saturated) {}

  /**
   * A reader that reads all pixels.
   *
   * @param scratch overwritten
   */
  static PeakReader of(DetectorReader reader, DetectorFrame scratch) {
    return readout -> {
      reader.read(readout, scratch);
      return new Peak(scratch.peak(), scratch.saturated());
    };
  }
}
