// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import java.nio.FloatBuffer;
import java.util.BitSet;
import org.ofp.device.BufferKind;
import org.ofp.device.FrameSequence;

/** What drivers write to instead of the caller's sequence; kept from job to job. */
final class ResultCopy {
  private final BufferKind kind;
  private FloatBuffer kept = FloatBuffer.allocate(0);

  ResultCopy(BufferKind kind) {
    this.kind = kind;
  }

  /** The same job with results of its own; valid until this is called again. */
  FrameSequence of(FrameSequence original) {
    int capacity = Math.max(1, original.size());
    int values =
        capacity * original.readouts().size() * original.planes() * original.shape().pixels();
    if (kept.capacity() < values) {
      kept = FloatBuffer.allocate(0); // not both at once
      kept = kind.allocate(values);
    }
    FrameSequence copy =
        new FrameSequence(
            original.shape(),
            capacity,
            original.readouts(),
            original.planes(),
            original.exposureControl(),
            original.amplitudes(),
            kept);
    for (int i = 0; i < original.size(); i++) {
      copy.identify(i, original.id(i), original.repeat(i));
      copy.meterExposure(i, original.meterExposure(i));
    }
    return copy.size(original.size());
  }

  /** For a driver that may still write to what it was given. */
  void abandon() {
    kept = FloatBuffer.allocate(0);
  }

  /** Copies the results of frames to the caller's sequence. */
  static void deliver(FrameSequence copy, FrameSequence original, BitSet frames) {
    int readouts = copy.readouts().size();
    int values = readouts * copy.planes() * copy.shape().pixels();
    for (int i = frames.nextSetBit(0); i >= 0; i = frames.nextSetBit(i + 1)) {
      int at = copy.countOffset(i, 0);
      original.counts().put(at, copy.counts(), at, values);
      for (int r = 0; r < readouts; r++) {
        original.exposure(i, r, copy.exposure(i, r));
        original.saturated(i, r, copy.saturated(i, r));
      }
    }
  }
}
