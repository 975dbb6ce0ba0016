// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.ofp.device.ExposureControl;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.Readout;

/**
 * What is asked of a replay: one frame, and what is to be read of it.
 *
 * @param content what has to be as recorded, but for the amplitudes themselves
 * @param amplitudes that hold the frame's
 * @param offset of the first
 */
record FrameRequest(Content content, FloatBuffer amplitudes, int offset) {
  private static final int CHUNK = 1 << 14;

  /**
   * What requests that are served alike have in common.
   *
   * @param meterExposure 0 where frames are not metered
   * @param amplitudesCrc CRC32C of the amplitudes' bytes, little-endian
   */
  record Content(
      long id,
      int repeat,
      FrameShape shape,
      List<Readout> readouts,
      ExposureControl control,
      double meterExposure,
      int amplitudesCrc) {
    static Content of(RecordingScan.Entry entry) {
      RecordedFrame frame = entry.frame();
      return new Content(
          frame.id(),
          frame.repeat(),
          frame.shape(),
          frame.readouts(),
          frame.control(),
          frame.control().automatic() ? frame.meterExposure() : 0,
          entry.amplitudesCrc());
    }
  }

  static FrameRequest of(FrameSequence sequence, int i) {
    ExposureControl control = sequence.exposureControl();
    return new FrameRequest(
        new Content(
            sequence.id(i),
            sequence.repeat(i),
            sequence.shape(),
            sequence.readouts(),
            control,
            control.automatic() ? sequence.meterExposure(i) : 0,
            crc(sequence.amplitudes(), sequence.amplitudeOffset(i), 2 * sequence.shape().pixels())),
        sequence.amplitudes(),
        sequence.amplitudeOffset(i));
  }

  private static int crc(FloatBuffer amplitudes, int offset, int n) {
    CRC32C crc = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer floats = bytes.asFloatBuffer();
    for (int at = 0; at < n; at += CHUNK) {
      int values = Math.min(CHUNK, n - at);
      floats.put(0, amplitudes, offset + at, values);
      crc.update(bytes.array(), 0, Float.BYTES * values);
    }
    return (int) crc.getValue();
  }

  /** How this differs from what was recorded, in words; empty if it does not. */
  String difference(RecordingScan.Entry entry, Recording recording) {
    Content other = Content.of(entry);
    if (content.id != other.id) {
      return "id " + content.id + " is asked for, id " + other.id + " was recorded";
    }
    if (content.repeat != other.repeat) {
      return "repeat " + content.repeat + " is asked for, " + other.repeat + " was recorded";
    }
    if (!content.shape.equals(other.shape)) {
      return "it has " + content.shape + " pixels, " + other.shape + " were recorded";
    }
    String pixel = pixel(entry, recording);
    if (!pixel.isEmpty()) {
      return pixel;
    }
    if (!content.readouts.equals(other.readouts)) {
      return readout(content.readouts, other.readouts);
    }
    if (!content.control.equals(other.control)) {
      return content.control + " is asked for, " + other.control + " was recorded";
    }
    return content.meterExposure == other.meterExposure
        ? ""
        : "a meter exposure of "
            + content.meterExposure
            + " s is asked for, "
            + other.meterExposure
            + " s was recorded";
  }

  private static String readout(List<Readout> asked, List<Readout> recorded) {
    int r = 0;
    while (r < asked.size() && r < recorded.size() && asked.get(r).equals(recorded.get(r))) {
      r++;
    }
    return r == asked.size() || r == recorded.size()
        ? asked.size() + " reads are asked for, " + recorded.size() + " were recorded"
        : "read " + r + " is to be " + asked.get(r) + ", recorded was " + recorded.get(r);
  }

  /** The first pixel whose amplitude has other bits. */
  private String pixel(RecordingScan.Entry entry, Recording recording) {
    float[] recorded = recording.amplitudes(entry);
    for (int i = 0; i < recorded.length; i++) {
      float asked = amplitudes.get(offset + i);
      if (Float.floatToRawIntBits(asked) != Float.floatToRawIntBits(recorded[i])) {
        int pixel = i / 2;
        int re = 2 * pixel;
        return "pixel ["
            + pixel / content.shape.cols()
            + ","
            + pixel % content.shape.cols()
            + "] asks for amplitude "
            + complex(amplitudes.get(offset + re), amplitudes.get(offset + re + 1))
            + ", recorded was "
            + complex(recorded[re], recorded[re + 1]);
      }
    }
    return "";
  }

  private static String complex(float re, float im) {
    return "(" + re + ", " + im + ")";
  }
}
