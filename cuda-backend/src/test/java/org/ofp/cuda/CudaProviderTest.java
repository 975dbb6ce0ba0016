// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;

/** A GPU that was lost is opened once more without what products keep of it. */
class CudaProviderTest {
  private final List<String> steps = new ArrayList<>();

  /** Opens with the next outcome: a device's name, or the code of a failure. */
  private String open(Object... outcomes) {
    Deque<Object> next = new ArrayDeque<>(List.of(outcomes));
    return CudaProvider.withoutLostGpu(
        () -> {
          steps.add("open");
          if (next.remove() instanceof ErrorCode code) {
            throw new DeviceException(code, "as the test wants it");
          }
          return "device";
        },
        () -> steps.add("release"));
  }

  @Test
  void onlyAfterALossAndOnlyOnce() {
    assertEquals("device", open("device"));
    assertEquals(List.of("open"), steps);
    steps.clear();
    assertEquals("device", open(ErrorCode.DEVICE_LOST, "device"));
    assertEquals(List.of("open", "release", "open"), steps);
    steps.clear();
    DeviceException lost =
        assertThrows(
            DeviceException.class, () -> open(ErrorCode.DEVICE_LOST, ErrorCode.DEVICE_LOST));
    assertEquals(ErrorCode.DEVICE_LOST, lost.code());
    assertEquals(List.of("open", "release", "open"), steps);
    steps.clear();
    assertThrows(DeviceException.class, () -> open(ErrorCode.OUT_OF_MEMORY, "device"));
    assertEquals(List.of("open"), steps);
  }
}
