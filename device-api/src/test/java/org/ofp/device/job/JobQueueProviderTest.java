// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ofp.device.job.JobQueueTest.assertCode;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ofp.device.CountingBench;
import org.ofp.device.Devices;
import org.ofp.device.ErrorCode;
import org.ofp.device.Job;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Options;

@Timeout(60)
class JobQueueProviderTest {
  private final JobQueueProvider provider = new JobQueueProvider();

  private OpticalFourierDevice open(CountingBench bench, Map<String, String> given) {
    return provider.open("", new Options(provider.options(""), given), Optional.of(bench));
  }

  @Test
  void isFoundByItsScheme() {
    assertTrue(
        Devices.drivers().stream()
            .anyMatch(d -> d.scheme().equals("queue") && d.availability().usable()));
    assertCode(ErrorCode.MALFORMED_URI, () -> Devices.open("queue:"));
    assertCode(ErrorCode.MALFORMED_URI, () -> provider.options("x"));
  }

  @Test
  void theOptionsAreTheQueues() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    CountingBench bench = new CountingBench();
    bench.onRead = id -> go.await();
    try (OpticalFourierDevice queue = open(bench, Map.of("capacity", "1", "full", "refuse"))) {
      Job running = queue.submit(CountingBench.sequence(1), JobOptions.defaults());
      assertFalse(running.isDone());
      while (bench.telemetry().framesLoaded() == 0) {
        Thread.sleep(1);
      }
      Job waiting = queue.submit(CountingBench.sequence(1), JobOptions.defaults());
      assertCode(
          ErrorCode.BUSY, () -> queue.submit(CountingBench.sequence(1), JobOptions.defaults()));
      go.countDown();
      running.await();
      waiting.await();
    }
    assertEquals(2, bench.readIds.size());
    assertCode(ErrorCode.INVALID_OPTION, () -> open(new CountingBench(), Map.of("capacity", "0")));
  }
}
