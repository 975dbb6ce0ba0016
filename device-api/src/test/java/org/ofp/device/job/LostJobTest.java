// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ofp.device.CountingBench;
import org.ofp.device.JobOptions;
import org.ofp.device.LeakWatch;

/** Queues and jobs that their owner loses. */
@Timeout(60)
class LostJobTest {
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger(LeakWatch.LOGGER);
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          messages.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  private void collectUntilReported(String what) throws InterruptedException {
    while (messages.stream().noneMatch(message -> message.contains(what))) {
      System.gc();
      Thread.sleep(10);
    }
  }

  @Test
  void aJobThatNobodyAwaitedIsReported() throws InterruptedException {
    try (JobQueue queue = new JobQueue(new CountingBench())) {
      queue.submit(CountingBench.sequence(1), JobOptions.defaults()).await();
      lose(queue);
      collectUntilReported("a job on 'counting:1' was not awaited");
    }
    assertEquals(1, messages.size(), "not the one that was awaited: " + messages);
  }

  private static void lose(JobQueue queue) {
    assertTrue(queue.submit(CountingBench.sequence(1), JobOptions.defaults()).progress() != null);
  }

  @Test
  void aLostQueueClosesItsDevice() throws InterruptedException {
    CountingBench bench = new CountingBench();
    useAndLose(bench);
    collectUntilReported("device 'counting:1' was not closed");
    while (!bench.closed) {
      Thread.sleep(1);
    }
  }

  private static void useAndLose(CountingBench bench) {
    new JobQueue(bench).submit(CountingBench.sequence(1), JobOptions.defaults()).await();
  }
}
