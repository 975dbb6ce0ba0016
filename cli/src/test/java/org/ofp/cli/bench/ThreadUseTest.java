// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ThreadUseTest {
  private static final int BYTES = 10_000_000;

  @Test
  void otherThreadsCountToo() throws Exception {
    ExecutorService worker = Executors.newSingleThreadExecutor();
    try {
      worker.submit(() -> {}).get();
      ThreadUse bytes = ThreadUse.allocatedBytes();
      ThreadUse nanos = ThreadUse.processorNanos();
      int length = worker.submit(() -> new byte[BYTES].length).get();
      long allocated = bytes.take();
      assertTrue(allocated >= length && allocated < 2L * length, allocated + " bytes");
      assertTrue(nanos.take() > 0);
      assertTrue(bytes.take() < length, "counted twice");
    } finally {
      worker.shutdownNow();
    }
  }
}
