// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.cuda.emulator.EmulatedGpu;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

class ReadBuffersTest {
  /** What was had when the rest failed is given back, and all is asked for again. */
  @ParameterizedTest
  @ValueSource(strings = {"cuMemAlloc", "cuMemHostAlloc"})
  void aFailureLeavesThemEmpty(String call) {
    EmulatedGpu gpu = new EmulatedGpu();
    try (GpuStream stream = gpu.openStream();
        ReadBuffers buffers = new ReadBuffers(gpu, stream)) {
      buffers.begin(1);
      gpu.failAt(call, 1, ErrorCode.OUT_OF_MEMORY);
      assertThrows(DeviceException.class, () -> buffers.begin(9));
      for (int reads : new int[] {1, 9}) {
        buffers.begin(reads);
        buffers.send();
        buffers.fetch();
        stream.synchronize();
        assertEquals(0, buffers.first(reads - 1));
      }
      gpu.failAt(call, 1, ErrorCode.OUT_OF_MEMORY);
      assertThrows(DeviceException.class, () -> buffers.begin(99));
      buffers.close();
    }
    assertEquals(List.of(), gpu.alive());
  }

  /** Results of reads before are not taken for those of the next, whatever lies where. */
  @Test
  void resultsBeginAtZero() {
    EmulatedGpu gpu = new EmulatedGpu();
    try (GpuStream stream = gpu.openStream();
        ReadBuffers buffers = new ReadBuffers(gpu, stream)) {
      for (int round = 0; round < 2; round++) {
        buffers.beginListed(5);
        for (int i = 0; i < 5 * ReadRecord.BYTES; i++) {
          buffers.records().put(i, (byte) -1);
        }
        for (int i = 0; i < 5; i++) {
          buffers.frame(i, -1);
        }
        buffers.send();
        buffers.fetch();
        stream.synchronize();
        for (int i = 0; i < 5; i++) {
          assertEquals(0, buffers.first(i));
          assertEquals(0, buffers.second(i));
        }
        buffers.begin(3);
        buffers.send();
        buffers.fetch();
        stream.synchronize();
        for (int i = 0; i < 3; i++) {
          assertEquals(0, buffers.first(i));
        }
      }
    }
  }
}
