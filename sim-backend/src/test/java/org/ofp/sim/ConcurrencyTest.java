// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.ofp.device.BufferKind;
import org.ofp.device.ComplexField;
import org.ofp.device.DeviceException;
import org.ofp.device.ErrorCode;
import org.ofp.device.ExposureControl;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;

/** Many threads on one device. */
class ConcurrencyTest {
  private static final int THREADS = 8;

  private static FrameSequence job(OpticalFourierDevice device, int which) {
    // Shapes are shared by some threads and not by others, so that workbenches change hands.
    FrameShape shape = new FrameShape(9 + which % 3, 16 + which % 2);
    FrameSequence sequence =
        Bench.sequence(
            device,
            shape,
            120,
            Bench.fourSteps(1e-5),
            ExposureControl.auto(0.8),
            which % 2 == 0 ? BufferKind.HEAP : BufferKind.DIRECT);
    sequence.amplitudes().put(0, Bench.randomFrames(2 * 120 * shape.pixels(), which));
    for (int i = 0; i < 120; i++) {
      sequence.identify(i, 1000L * which + i, 0);
      sequence.meterExposure(i, 1e-6);
    }
    return sequence;
  }

  private static float[] run(OpticalFourierDevice device, int which) {
    FrameSequence sequence = job(device, which);
    device.submit(sequence, JobOptions.defaults()).await();
    float[] counts = new float[sequence.counts().capacity()];
    sequence.counts().get(0, counts);
    return counts;
  }

  @Test
  void submitMayBeCalledByManyThreadsAtOnce() throws Exception {
    int rounds = Bench.count(5, 100);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator")) {
      float[][] expected = new float[THREADS][];
      for (int t = 0; t < THREADS; t++) {
        expected[t] = run(device, t);
      }
      long reads = device.telemetry().reads();
      CyclicBarrier barrier = new CyclicBarrier(THREADS);
      List<Future<?>> futures = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int which = t;
        futures.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < rounds; round++) {
                    barrier.await(60, TimeUnit.SECONDS);
                    assertArrayEquals(expected[which], run(device, which), "job " + which);
                  }
                  return null;
                }));
      }
      for (Future<?> future : futures) {
        future.get(120, TimeUnit.SECONDS);
      }
      assertEquals((rounds + 1) * reads, device.telemetry().reads(), "no read was lost");
      assertEquals((rounds + 1L) * THREADS * 120, device.telemetry().framesLoaded());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aTransformerMayBeSharedByThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (OpticalFourierDevice device = Bench.open("sim:demonstrator")) {
      FourierTransformer transformer = new FourierTransformer(device);
      List<Future<float[]>> futures = new ArrayList<>();
      List<float[]> expected = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int id = i;
        ComplexField field =
            new ComplexField(new FrameShape(12, 15), NaiveDft.randomField(12, 15, i));
        expected.add(transformer.forward(field, id).values());
        futures.add(threads.submit(() -> transformer.forward(field, id).values()));
      }
      for (int i = 0; i < 40; i++) {
        assertArrayEquals(expected.get(i), futures.get(i).get(60, TimeUnit.SECONDS));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void closingUnderWayEndsInClosedOrInTheResult() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < 20; round++) {
        OpticalFourierDevice device = Bench.open("sim:demonstrator");
        CyclicBarrier barrier = new CyclicBarrier(THREADS + 1);
        List<Future<?>> futures = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
          FrameSequence sequence = job(device, t);
          futures.add(
              threads.submit(
                  () -> {
                    barrier.await(60, TimeUnit.SECONDS);
                    return device.submit(sequence, JobOptions.defaults());
                  }));
        }
        barrier.await(60, TimeUnit.SECONDS);
        device.close();
        for (Future<?> future : futures) {
          try {
            future.get(60, TimeUnit.SECONDS);
          } catch (ExecutionException e) {
            assertTrue(e.getCause() instanceof DeviceException, () -> "" + e.getCause());
            assertEquals(ErrorCode.CLOSED, ((DeviceException) e.getCause()).code());
          }
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
