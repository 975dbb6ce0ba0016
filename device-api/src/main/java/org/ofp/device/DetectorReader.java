// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

/** Reads the field that is at the detector now. */
@Experimental(since = "0.1")
@FunctionalInterface
public interface DetectorReader {
  /** Reads once into {@code into}; may be called again with other readouts. */
  void read(Readout readout, DetectorFrame into);
}
