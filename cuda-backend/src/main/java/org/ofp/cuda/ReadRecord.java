// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import java.nio.ByteBuffer;
import org.ofp.optics.ReadNumbers;

/** Writes {@link ReadNumbers} as the {@code struct Read} of sensor.cuh. */
final class ReadRecord {
  /** Bytes of a record. */
  static final int BYTES = 56;

  private static final int REFERENCE_ON = 0;
  private static final int REFERENCE_OFF = 1;
  private static final int COHERENT = 2;
  private static final int PROPORTIONAL = 3;

  private ReadRecord() {}

  /**
   * Writes one record.
   *
   * @param coherent whether the readout is
   * @param proportional whether reads are the field times a number
   */
  static void write(
      ReadNumbers read, boolean coherent, boolean proportional, ByteBuffer to, int at) {
    int kind =
        proportional
            ? PROPORTIONAL
            : coherent ? COHERENT : read.isReferenceOn() ? REFERENCE_ON : REFERENCE_OFF;
    to.putLong(at, read.noiseKey());
    float a = proportional ? read.countsPerField() : coherent ? read.inPhase(0) : read.scale();
    to.putFloat(at + 8, a);
    to.putFloat(at + 12, coherent ? read.quadrature(0) : read.offset());
    to.putFloat(at + 16, coherent ? read.inPhase(1) : read.inPhase(0));
    to.putFloat(at + 20, coherent ? read.quadrature(1) : read.quadrature(0));
    to.putFloat(at + 24, read.dark());
    to.putFloat(at + 28, read.noiseConstant());
    to.putFloat(at + 32, read.noiseScale());
    to.putFloat(at + 36, read.gain());
    to.putFloat(at + 40, read.blackLevel());
    to.putFloat(at + 44, read.limit());
    to.putInt(at + 48, kind);
    to.putInt(at + 52, read.mostCode());
  }
}
