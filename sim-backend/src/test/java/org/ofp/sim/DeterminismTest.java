// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ofp.device.BufferKind;
import org.ofp.device.DetectorFrame;
import org.ofp.device.ExposureControl;
import org.ofp.device.FourierTransformer;
import org.ofp.device.FrameSequence;
import org.ofp.device.FrameShape;
import org.ofp.device.JobOptions;
import org.ofp.device.OpticalFourierDevice;
import org.ofp.device.Readout;
import org.ofp.device.SlmFrame;
import org.ofp.device.TransformBatch;

/** Same frames, ids and seed: the same counts, bit for bit, however the work is done. */
class DeterminismTest {
  private static final String DEMONSTRATOR = "sim:demonstrator?seed=7";

  /** Frames with ids, and what a device made of them. */
  private static final class Frames {
    final FrameShape shape;
    final int n;
    final float[] amplitudes;
    final ExposureControl control;

    Frames(int rows, int cols, int n, boolean metered) {
      shape = new FrameShape(rows, cols);
      this.n = n;
      amplitudes = Bench.randomFrames(2 * n * shape.pixels(), rows + cols);
      control = metered ? ExposureControl.auto(0.8) : ExposureControl.fixed();
    }

    static long id(int frame) {
      return 1_000_003L * frame - 5;
    }

    static int repeat(int frame) {
      return frame % 3;
    }

    /** Submits the frames in the order and the batches given; the counts by frame. */
    float[][] submit(OpticalFourierDevice device, List<Integer> order, int batch, BufferKind kind) {
      float[][] counts = new float[n][];
      List<Readout> readouts = Bench.fourSteps(1e-5);
      FrameSequence sequence = Bench.sequence(device, shape, batch, readouts, control, kind);
      int per = 4 * sequence.planes() * shape.pixels();
      for (int at = 0; at < n; at += batch) {
        List<Integer> chunk = order.subList(at, Math.min(n, at + batch));
        sequence.size(chunk.size());
        for (int i = 0; i < chunk.size(); i++) {
          int frame = chunk.get(i);
          sequence
              .amplitudes()
              .put(
                  sequence.amplitudeOffset(i),
                  amplitudes,
                  2 * frame * shape.pixels(),
                  2 * shape.pixels());
          sequence.identify(i, id(frame), repeat(frame));
          sequence.meterExposure(i, 1e-6 * (1 + frame));
        }
        device.submit(sequence, JobOptions.defaults()).await();
        for (int i = 0; i < chunk.size(); i++) {
          float[] all = new float[per + 5];
          sequence.counts().get(sequence.countOffset(i, 0), all, 0, per);
          all[per] = (float) sequence.exposure(i, 0);
          for (int r = 0; r < 4; r++) {
            all[per + 1 + r] = sequence.saturated(i, r);
          }
          counts[chunk.get(i)] = all;
        }
      }
      return counts;
    }

    float[][] submit(OpticalFourierDevice device) {
      return submit(device, order(), n, BufferKind.HEAP);
    }

    List<Integer> order() {
      return IntStream.range(0, n).boxed().toList();
    }

    /** The same by the verbs, metering as the sequencer does it. */
    float[][] verbs(OpticalFourierDevice device) {
      float[][] counts = new float[n][];
      for (int i = 0; i < n; i++) {
        float[] frame =
            Arrays.copyOfRange(amplitudes, 2 * i * shape.pixels(), 2 * (i + 1) * shape.pixels());
        device.load(new SlmFrame(shape, java.nio.FloatBuffer.wrap(frame), 0, id(i), repeat(i)));
        device.transform();
        float[] all = new float[4 * shape.pixels() + 5];
        for (int r = 0; r < 4; r++) {
          DetectorFrame into = DetectorFrame.allocate(shape, 1);
          device.read(Bench.fourSteps(1e-5).get(r), into);
          into.counts().get(0, all, r * shape.pixels(), shape.pixels());
          all[4 * shape.pixels() + 1 + r] = into.saturated();
        }
        all[4 * shape.pixels()] = 1e-5f;
        counts[i] = all;
      }
      return counts;
    }
  }

  private static void assertSame(float[][] expected, float[][] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], "frame " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "24,20,80,false",
    "24,20,80,true",
    "11,11,300,true",
    "160,130,3,true",
    "1,7,50,false",
    "31,37,40,true"
  })
  void countsDoNotDependOnThreadsBatchesOrderOrBuffers(int rows, int cols, int n, boolean metered) {
    Frames frames = new Frames(rows, cols, n, metered);
    try (OpticalFourierDevice device = Bench.open(DEMONSTRATOR)) {
      float[][] expected = frames.submit(device);
      for (int threads : new int[] {1, 2, 4}) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        assertSame(expected, pool.submit(() -> frames.submit(device)).join());
        pool.shutdown();
      }
      List<Integer> shuffled = new ArrayList<>(frames.order());
      Collections.shuffle(shuffled, new Random(6));
      for (int batch : new int[] {1, 2, 7, 33, n}) {
        if (batch <= n) {
          assertSame(expected, frames.submit(device, shuffled, batch, BufferKind.HEAP));
        }
      }
      assertSame(expected, frames.submit(device, frames.order(), n, BufferKind.DIRECT));
      try (OpticalFourierDevice again = Bench.open(DEMONSTRATOR)) {
        assertSame(expected, frames.submit(again));
      }
      if (!metered) {
        assertSame(expected, frames.verbs(device));
      } else {
        // The default submit runs the verbs, metering included.
        assertSame(expected, frames.submit(new VerbsOnly(device)));
      }
    }
  }

  @Test
  void anythingElseGivesOtherNoise() {
    FrameShape shape = new FrameShape(16, 16);
    float[] amplitudes = Bench.randomFrames(512, 1);
    List<float[]> all = new ArrayList<>();
    for (String uri : new String[] {DEMONSTRATOR, "sim:demonstrator?seed=8"}) {
      try (OpticalFourierDevice device = Bench.open(uri)) {
        for (long id : new long[] {1, 2, 1L << 40}) {
          for (int repeat : new int[] {0, 1}) {
            device.load(new SlmFrame(shape, java.nio.FloatBuffer.wrap(amplitudes), 0, id, repeat));
            device.transform();
            for (int step = 0; step < 2; step++) {
              DetectorFrame into = DetectorFrame.allocate(shape, 1);
              device.read(Readout.withReference(1e-4, 0), into);
              all.add(into.counts().array());
            }
          }
        }
      }
    }
    assertEquals(24, all.size());
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertFalse(Arrays.equals(all.get(i), all.get(j)), i + " and " + j);
      }
    }
  }

  @Test
  void loadingTheFrameAgainRepeatsItsNoise() {
    FrameShape shape = new FrameShape(16, 16);
    float[] amplitudes = Bench.randomFrames(512, 1);
    try (OpticalFourierDevice device = Bench.open(DEMONSTRATOR)) {
      float[] first = Bench.raw(device, 16, 16, amplitudes, Readout.withReference(1e-4, 0)).clone();
      Bench.raw(device, 4, 5, Bench.randomFrames(40, 2), Readout.plain(1e-4));
      assertArrayEquals(
          first, Bench.raw(device, 16, 16, amplitudes, Readout.withReference(1e-4, 0)));
      device.transform(); // nothing new
      DetectorFrame second = DetectorFrame.allocate(shape, 1);
      device.read(Readout.withReference(1e-4, 0), second);
      assertFalse(Arrays.equals(first, second.counts().array()), "another read, other noise");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sim:ideal", "sim:demonstrator?seed=3", "sim:demonstrator?adc.bits=off"})
  void transformsDoNotDependOnTheBatch(String uri) {
    FrameShape shape = new FrameShape(23, 17);
    int n = 70;
    float[] fields = NaiveDft.randomField(n * 23, 17, 4);
    try (OpticalFourierDevice device = Bench.open(uri)) {
      FourierTransformer transformer = new FourierTransformer(device);
      float[] expected = transformAll(transformer.batch(shape, n), fields, n, 0);
      assertArrayEquals(expected, transformAll(transformer.batch(shape, n), fields, n, 0));
      TransformBatch small = transformer.batch(shape, 9);
      for (int at = 0; at < n; at += 9) {
        int count = Math.min(9, n - at);
        float[] part =
            transformAll(
                small,
                Arrays.copyOfRange(fields, small.offset(at), small.offset(at + count)),
                count,
                at);
        assertArrayEquals(
            Arrays.copyOfRange(expected, small.offset(at), small.offset(at + count)), part);
      }
      ForkJoinPool pool = new ForkJoinPool(3);
      assertArrayEquals(
          expected,
          pool.submit(() -> transformAll(transformer.batch(shape, n), fields, n, 0)).join());
      pool.shutdown();
      assertTrue(expected[5] != 0);
    }
  }

  private static float[] transformAll(TransformBatch batch, float[] fields, int n, int firstId) {
    System.arraycopy(fields, 0, batch.fields(), 0, batch.offset(n));
    for (int i = 0; i < n; i++) {
      batch.identify(i, firstId + i, 0);
    }
    batch.forward(n);
    return Arrays.copyOf(batch.fields(), batch.offset(n));
  }
}
