// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * What the modulator is asked to show: a complex amplitude per pixel, row-major, interleaved {@code
 * re, im}, |a| ≤ 1. DAC, response and imperfections are the device's business.
 *
 * <p>A view of {@code 2·rows·cols} values from {@link #offset()} of {@link #amplitudes()}; the
 * buffer's position and limit play no part. Borrowed by the device until the call or job ends. Not
 * thread-safe while it is being moved over a sequence.
 */
@Stable(since = "0.1")
public final class SlmFrame {
  /** |a| may exceed 1 by this much, for rounding; the device clamps it. */
  public static final double AMPLITUDE_TOLERANCE = 1e-6;

  /** How far from the unit circle an amplitude for a phase-only modulator may lie. */
  public static final double PHASE_ONLY_TOLERANCE = 1e-3;

  private final FrameShape shape;
  private final FloatBuffer amplitudes;
  private int offset;
  private long id;
  private int repeat;

  /**
   * A frame over a part of a buffer.
   *
   * @param offset index of the first value
   * @param id the caller's id for this frame
   * @param repeat which repetition of the same frame this is, from 0
   */
  public SlmFrame(FrameShape shape, FloatBuffer amplitudes, int offset, long id, int repeat) {
    this.shape = Objects.requireNonNull(shape);
    this.amplitudes = Buffers.whole(amplitudes);
    Buffers.requireRoom("SLM frame", amplitudes, offset, 2L * shape.pixels());
    moveTo(offset, id, repeat);
  }

  /** A frame over a whole array of {@code 2·rows·cols} values. */
  public static SlmFrame of(FrameShape shape, float[] amplitudes, long id) {
    return new SlmFrame(shape, FloatBuffer.wrap(amplitudes), 0, id, 0);
  }

  void moveTo(int offset, long id, int repeat) {
    this.offset = offset;
    this.id = id;
    this.repeat = repeat;
  }

  public FrameShape shape() {
    return shape;
  }

  /** The buffer that holds the frame, from {@link #offset()} on. */
  public FloatBuffer amplitudes() {
    return amplitudes;
  }

  public int offset() {
    return offset;
  }

  public long id() {
    return id;
  }

  public int repeat() {
    return repeat;
  }
}
