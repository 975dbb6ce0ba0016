// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.function.Executable;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.FrameSequence;
import org.ofp.device.OpticalFourierDevice;

/** What the tests of recordings have in common. */
final class Recordings {
  private Recordings() {}

  static RecordingDevice record(OpticalFourierDevice device, Path file, boolean compact) {
    return RecordingDevice.open(device, file, Provenance.now("stub:", "a test"), compact);
  }

  static ReplayDevice replay(Path file, boolean strict) {
    return new ReplayDevice(Recording.open(file), strict);
  }

  /** Asserts that two sequences have the same results, bit for bit. */
  static void assertSame(FrameSequence expected, FrameSequence actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      for (int r = 0; r < expected.readouts().size(); r++) {
        assertEquals(expected.exposure(i, r), actual.exposure(i, r));
        assertEquals(expected.saturated(i, r), actual.saturated(i, r));
      }
    }
    int values = expected.countOffset(expected.size(), 0);
    assertTrue(Arrays.equals(bits(expected.counts(), values), bits(actual.counts(), values)));
  }

  static int[] bits(FloatBuffer floats, int n) {
    int[] bits = new int[n];
    for (int i = 0; i < n; i++) {
      bits[i] = Float.floatToRawIntBits(floats.get(i));
    }
    return bits;
  }

  static int[] bits(float[] floats) {
    return bits(FloatBuffer.wrap(floats), floats.length);
  }

  /** Asserts the code, and that the message is one line which holds the parts. */
  static DeviceException assertFails(ErrorCode code, Executable action, String... parts) {
    DeviceException e = assertThrows(DeviceException.class, action);
    assertEquals(code, e.code(), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), () -> "'" + part + "' in: " + e.getMessage());
    }
    return e;
  }
}
