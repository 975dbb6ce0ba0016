// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ofp.device.DeviceException;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Readout;

/**
 * The payload of a frame's record, little-endian:
 *
 * <pre>
 *    0  u64 job, u32 index, u32 code of the counts (0 float32, 1 uint16, 2 int16)
 *   16  i64 id, i32 repeat, u32 rows, u32 cols, u32 planes
 *   40  f64 exposure target, f64 meter exposure, i64 time stamp
 *   64  u32 automatic exposure (0, 1), u32 reads
 *   72  of every read: f64 exposure asked for, f64 gain, f64 reference phase, f64 exposure used,
 *       u32 reference on (0, 1), u32 saturated
 *       f32 [rows, cols, 2] amplitudes
 *       counts [reads, planes, rows, cols], see {@link CountCode}
 * </pre>
 */
final class FramePayload {
  private static final int FIXED = 72;
  private static final int READ = 40;
  private static final int CODE_AT = 12;

  /** No device has more; keeps what a damaged file asks for in bounds. */
  private static final int MAX_READS = 4096;

  private static final int MAX_PLANES = 16;

  private FramePayload() {}

  /** Bytes in front of the amplitudes. */
  static int headBytes(int reads) {
    return FIXED + reads * READ;
  }

  /** The most bytes that a frame of the sequence takes. */
  static long maxBytes(FrameSequence sequence) {
    long pixels = sequence.shape().pixels();
    long reads = sequence.readouts().size();
    return FIXED + reads * READ + Float.BYTES * pixels * (2 + reads * sequence.planes());
  }

  /**
   * Writes frame {@code i} and what was measured of it at the block's position.
   *
   * @param compact whether whole counts take two bytes
   */
  static void write(
      ByteBuffer block,
      long job,
      FrameSequence sequence,
      int i,
      long timestampNanos,
      boolean compact) {
    int at = block.position();
    int pixels = sequence.shape().pixels();
    int reads = sequence.readouts().size();
    block.putLong(job).putInt(i).putInt(0);
    block.putLong(sequence.id(i)).putInt(sequence.repeat(i));
    block.putInt(sequence.shape().rows()).putInt(sequence.shape().cols());
    block.putInt(sequence.planes());
    block.putDouble(sequence.exposureControl().target()).putDouble(sequence.meterExposure(i));
    block.putLong(timestampNanos);
    block.putInt(sequence.exposureControl().automatic() ? 1 : 0).putInt(reads);
    for (int r = 0; r < reads; r++) {
      Readout readout = sequence.readouts().get(r);
      block.putDouble(readout.exposure()).putDouble(readout.gain());
      block.putDouble(readout.referencePhase()).putDouble(sequence.exposure(i, r));
      block.putInt(readout.referenceOn() ? 1 : 0).putInt(sequence.saturated(i, r));
    }
    block
        .slice()
        .order(block.order())
        .asFloatBuffer()
        .put(0, sequence.amplitudes(), sequence.amplitudeOffset(i), 2 * pixels);
    block.position(block.position() + 2 * pixels * Float.BYTES);
    CountCode code =
        CountCode.write(
            sequence.counts(),
            sequence.countOffset(i, 0),
            reads * sequence.planes() * pixels,
            block,
            compact);
    block.putInt(at + CODE_AT, code.number());
  }

  /**
   * What a payload says in front of the amplitudes.
   *
   * @param frame what was asked and measured
   * @param code of the counts
   */
  record Head(RecordedFrame frame, CountCode code) {
    /** Bytes of the whole payload. */
    long bytes() {
      return countsAt() + code.bytes(frame.counts());
    }

    /** Where the amplitudes begin. */
    int amplitudesAt() {
      return headBytes(frame.reads().size());
    }

    /** Where the counts begin. */
    long countsAt() {
      return amplitudesAt() + 2L * Float.BYTES * frame.shape().pixels();
    }
  }

  /**
   * Reads the front of a payload.
   *
   * @param in as much of the payload as is there, from 0 on
   * @throws IllegalArgumentException or {@link DeviceException} if it makes no sense
   */
  static Head read(ByteBuffer in) {
    int reads = in.limit() < FIXED ? 0 : in.getInt(FIXED - 4);
    if (reads < 1 || reads > MAX_READS || in.limit() < headBytes(reads)) {
      throw new IllegalArgumentException("a frame with " + reads + " reads");
    }
    CountCode code = CountCode.of(in.getInt(CODE_AT));
    int planes = in.getInt(36);
    FrameShape shape = new FrameShape(in.getInt(28), in.getInt(32));
    if (planes < 1
        || planes > MAX_PLANES
        || (long) reads * planes * shape.pixels() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a frame with " + reads + " reads of " + planes + " planes of " + shape);
    }
    if (2L * Float.BYTES * shape.pixels() + (long) Float.BYTES * reads * planes * shape.pixels()
        > RecordingWriter.MAX_BLOCK) {
      throw new IllegalArgumentException("a frame that no recording has room for: " + shape);
    }
    List<RecordedFrame.Read> all = new ArrayList<>();
    for (int r = 0; r < reads; r++) {
      int at = FIXED + r * READ;
      double used = in.getDouble(at + 24);
      int saturated = in.getInt(at + 36);
      if (!(used >= 0 && used < Double.POSITIVE_INFINITY)
          || saturated < 0
          || saturated > (long) planes * shape.pixels()) {
        throw new IllegalArgumentException(
            "a read of " + used + " s with " + saturated + " clipped values");
      }
      all.add(
          new RecordedFrame.Read(
              new Readout(
                  in.getDouble(at),
                  in.getDouble(at + 8),
                  in.getInt(at + 32) != 0,
                  in.getDouble(at + 16)),
              used,
              saturated));
    }
    RecordedFrame frame =
        new RecordedFrame(
            in.getLong(0),
            in.getInt(8),
            in.getLong(16),
            in.getInt(24),
            shape,
            planes,
            new ExposureControl(in.getInt(64) != 0, in.getDouble(40)),
            in.getDouble(48),
            in.getLong(56),
            all);
    return new Head(frame, code);
  }
}
