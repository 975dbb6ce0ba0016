// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.ofp.cuda.emulator.EmulatedBlas;
import org.ofp.cuda.emulator.EmulatedGpu;
import org.ofp.device.DeviceBuffer;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceFrames;
import org.ofp.device.DeviceTransforms;
import org.ofp.device.ErrorCode;
import org.ofp.device.ExposureControl;
import org.ofp.device.FieldCoding;
import org.ofp.device.FieldProducts;
import org.ofp.device.FieldTiles;
import org.ofp.device.FrameShape;
import org.ofp.device.Readout;
import org.ofp.device.ReadoutMode;
import org.ofp.device.Shading;
import org.ofp.device.SpectraLayout;
import org.ofp.device.TransformOptions;

/** Buffers, their bounds and their owners; what happens when there is no room or no GPU. */
class CudaMemoryTest {
  private static final FrameShape FRAME = new FrameShape(8, 8);
  private static final FieldTiles TILES =
      new FieldTiles(
          FRAME,
          3,
          new FieldTiles.Axis(20, 1, List.of(-1), 6, 4),
          new FieldTiles.Axis(20, 1, List.of(-1), 6, 4));

  private static GpuSideBench bench(EmulatedGpu gpu) {
    return new GpuSideBench("sim:ideal", gpu, 10 * FRAME.pixels(), EmulatedBlas::new);
  }

  @Test
  void copiesAreExactInAllSizesAndKindsOfBuffers() {
    Random random = new Random(20261123);
    // Three pieces of page-locked memory and a bit.
    int n = 3 * (1 << 21) + 17;
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat();
    }
    FloatBuffer direct =
        ByteBuffer.allocateDirect(4 * n + 20).order(ByteOrder.nativeOrder()).asFloatBuffer();
    direct.put(5, values);
    FloatBuffer limited = direct.duplicate().position(3).limit(4); // which plays no part
    try (GpuSideBench bench = bench(new EmulatedGpu())) {
      DeviceBuffer buffer = bench.memory.allocate("test", n + 2L);
      DeviceBuffer other = bench.memory.allocate("test", n + 2L);
      buffer.write(limited, 5, 2, n);
      direct.put(5, new float[n]);
      other.clear(0, n + 2L);
      buffer.copy(2, other, 1, n);
      float[] back = new float[n];
      other.read(1, FloatBuffer.wrap(back), 0, n);
      assertArrayEquals(values, back);
      buffer.read(2, limited, 5, n);
      direct.get(5, back);
      assertArrayEquals(values, back);
      float[] ends = {1, 1};
      other.read(0, FloatBuffer.wrap(ends), 0, 1);
      other.read(n + 1L, FloatBuffer.wrap(ends), 1, 1);
      assertArrayEquals(new float[2], ends);
      buffer.write(FloatBuffer.wrap(values), 0, 0, 0);
      buffer.read(0, FloatBuffer.wrap(values), n, 0);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeItRuns() {
    try (GpuSideBench bench = bench(new EmulatedGpu());
        GpuSideBench another = bench(new EmulatedGpu())) {
      CudaMemory memory = bench.memory;
      DeviceBuffer fields = memory.allocate("fields", 2L * 6 * FRAME.pixels());
      DeviceBuffer maps = memory.allocate("maps", TILES.samples());
      DeviceBuffer small = memory.allocate("little", 5);
      DeviceBuffer foreign = another.memory.allocate("fields", 2L * 6 * FRAME.pixels());
      DeviceBuffer closed = memory.allocate("closed", 2L * 6 * FRAME.pixels());
      closed.close();
      closed.close();
      SpectraLayout layout = new SpectraLayout(FRAME, 3, 16);
      DeviceBuffer spectra = memory.allocate("spectra", layout.blockFloats());
      FieldProducts products = new FieldProducts(FRAME, 4, 2);
      FloatBuffer host = FloatBuffer.allocate(4);
      List<Executable> wrong = new ArrayList<>();
      wrong.add(() -> memory.cut(TILES, maps, 0, 7, fields));
      wrong.add(() -> memory.cut(TILES, maps, 2L * 16, 1, fields)); // second image
      wrong.add(() -> memory.cut(TILES, maps, 0, 1, foreign));
      wrong.add(() -> memory.cut(TILES, maps, 0, 1, closed));
      wrong.add(() -> memory.paste(TILES, fields, 0, 7, null, maps));
      wrong.add(() -> memory.paste(TILES, fields, 0, 1, memory.allocate("bias", 2), maps));
      wrong.add(() -> memory.separate(layout, fields, 32, 1, spectra)); // second block
      wrong.add(() -> memory.separate(layout, small, 0, 1, spectra));
      wrong.add(() -> memory.join(layout, spectra, 31, 2, fields));
      wrong.add(() -> memory.combine(products, small, fields, 0, 1, fields));
      wrong.add(() -> memory.multiply(2, 2, 2, 2, fields, 0, fields, 0, small, 0));
      wrong.add(
          () -> memory.multiply(2, 2, 2, 2, fields, fields.floats() - 15, fields, 0, maps, 0));
      wrong.add(() -> small.write(host, 0, 2, 4));
      wrong.add(() -> small.write(host, 1, 0, 4));
      wrong.add(() -> small.write(host, -1, 0, 1));
      wrong.add(() -> small.read(-1, host, 0, 1));
      wrong.add(() -> small.read(0, host, 0, 5));
      wrong.add(() -> small.clear(1, 5));
      wrong.add(() -> small.copy(0, foreign, 0, 1));
      wrong.add(() -> closed.clear(0, 1));
      for (int i = 0; i < wrong.size(); i++) {
        DeviceException e = assertThrows(DeviceException.class, wrong.get(i), "case " + i);
        assertEquals(ErrorCode.INVALID_ARGUMENT, e.code(), e.getMessage());
      }
      memory.cut(TILES, fillWithOnes(maps), 0, 6, fields); // it still works
      float[] sample = new float[2 * FRAME.pixels()];
      fields.read(0, FloatBuffer.wrap(sample), 0, sample.length);
      assertEquals(0, sample[0]);
      assertEquals(1, sample[2 * (FRAME.cols() + 1)]);
    }
  }

  private static DeviceBuffer fillWithOnes(DeviceBuffer buffer) {
    FloatBuffer ones = FloatBuffer.allocate((int) buffer.floats());
    for (int i = 0; i < ones.capacity(); i++) {
      ones.put(i, 1);
    }
    buffer.write(ones, 0, 0, ones.capacity());
    return buffer;
  }

  /** Of spectra without any symmetry, so that it shows from where each frequency is taken. */
  @Test
  void everyFrequencyIsJoinedFromItsOwnHalf() {
    for (FrameShape frame : List.of(new FrameShape(6, 8), new FrameShape(5, 7))) {
      SpectraLayout layout = new SpectraLayout(frame, 3, 16);
      float[] spectra = new float[(int) layout.blockFloats()];
      Random random = new Random(20261123);
      for (int i = 0; i < spectra.length; i++) {
        spectra[i] = random.nextFloat() - 0.5f;
      }
      int tiles = 3;
      float[] fields = new float[2 * 2 * tiles * frame.pixels()];
      try (GpuSideBench bench = bench(new EmulatedGpu())) {
        DeviceBuffer from = bench.memory.allocate("spectra", spectra.length);
        from.write(FloatBuffer.wrap(spectra), 0, 0, spectra.length);
        DeviceBuffer to = bench.memory.allocate("fields", fields.length);
        bench.memory.join(layout, from, 0, 2 * tiles, to);
        to.read(0, FloatBuffer.wrap(fields), 0, fields.length);
      }
      for (int field = 0; field < 2 * tiles; field++) {
        for (int p = 0; p < frame.pixels(); p++) {
          int row = p / frame.cols();
          int col = p % frame.cols();
          boolean kept = col <= frame.cols() / 2;
          int r = kept ? row : (frame.rows() - row) % frame.rows();
          int c = kept ? col : frame.cols() - col;
          int frequency = r * (frame.cols() / 2 + 1) + c;
          int at = 2 * ((frequency * 3 + 2 * (field % 2)) * 16 + field / 2);
          float sign = kept ? 1 : -1;
          boolean both = field % 2 == 0;
          float re2 = both ? spectra[at + 32] : 0;
          float im2 = both ? sign * spectra[at + 33] : 0;
          int k = 2 * (field * frame.pixels() + p);
          assertEquals(spectra[at] - im2, fields[k], frame + ", field " + field + ", " + p);
          assertEquals(sign * spectra[at + 1] + re2, fields[k + 1]);
        }
      }
    }
  }

  @Test
  void wrongCallsOfFramesAreRefused() {
    try (GpuSideBench bench = bench(new EmulatedGpu())) {
      DeviceFrames frames = bench.memory.frames(coding());
      int capacity = frames.capacity();
      int n = 2;
      frames.fields().clear(0, frames.fields().floats());
      double[] facts = new double[DeviceFrames.FACTS * n];
      double[] numbers = new double[DeviceFrames.NUMBERS * n];
      long[] ids = new long[n];
      int[] ints = new int[n];
      double[] doubles = new double[n];
      frames.encode(n, false, facts);
      frames.show(n, ids, ints, doubles, doubles, ints);
      frames.reconstruct(n, false, numbers);
      List<Executable> wrong = new ArrayList<>();
      wrong.add(() -> frames.encode(0, false, facts));
      wrong.add(
          () -> frames.encode(capacity + 1, false, new double[DeviceFrames.FACTS * capacity + 4]));
      wrong.add(() -> frames.encode(n + 1, false, facts));
      wrong.add(() -> frames.show(-1, ids, ints, doubles, doubles, ints));
      wrong.add(() -> frames.show(n, new long[1], ints, doubles, doubles, ints));
      wrong.add(() -> frames.show(n, ids, new int[1], doubles, doubles, ints));
      wrong.add(() -> frames.show(n, ids, ints, new double[1], doubles, ints));
      wrong.add(() -> frames.show(n, ids, ints, doubles, new double[1], ints));
      wrong.add(() -> frames.show(n, ids, ints, doubles, doubles, new int[1]));
      wrong.add(() -> frames.reconstruct(0, false, numbers));
      wrong.add(() -> frames.reconstruct(n + 1, false, numbers));
      List<Executable> afterwards =
          List.of(
              () -> frames.encode(n, false, facts),
              () -> frames.show(n, ids, ints, doubles, doubles, ints),
              () -> frames.reconstruct(n, false, numbers));
      refused(wrong);
      frames.encode(n, false, facts); // it still works
      frames.close();
      refused(afterwards);
    }
  }

  private static void refused(List<Executable> wrong) {
    for (int i = 0; i < wrong.size(); i++) {
      DeviceException e = assertThrows(DeviceException.class, wrong.get(i), "case " + i);
      assertEquals(ErrorCode.INVALID_ARGUMENT, e.code(), e.getMessage());
    }
  }

  /** One read of a coherent sensor. */
  private static FieldCoding coding() {
    return new FieldCoding(
        FRAME,
        false,
        ReadoutMode.COHERENT,
        List.of(Readout.plain(1)),
        ExposureControl.fixed(),
        Shading.none());
  }

  /** The numbers of the first call are still under way when those of the second are written. */
  @Test
  void numbersOfACallDoNotReachTheOneBefore() {
    try (GpuSideBench bench = bench(new EmulatedGpu())) {
      DeviceFrames frames = bench.memory.frames(coding());
      int values = 2 * FRAME.pixels();
      frames.fields().clear(0, frames.fields().floats());
      frames.encode(1, false, new double[DeviceFrames.FACTS]);
      frames.show(1, new long[1], new int[1], new double[1], new double[1], new int[1]);
      DeviceBuffer first = bench.memory.allocate("first", values);
      // A factor of 0 makes zeros of the counts, to which 3 is added at [0], or 4.
      frames.reconstruct(1, false, new double[] {0, 1, 3, 0});
      frames.fields().copy(0, first, 0, values);
      frames.reconstruct(1, false, new double[] {0, 1, 4, 0});
      float[] sample = new float[2];
      first.read(0, FloatBuffer.wrap(sample), 0, 1);
      frames.fields().read(0, FloatBuffer.wrap(sample), 1, 1);
      assertArrayEquals(new float[] {3, 4}, sample);
    }
  }

  @Test
  void closedMemoryIsGivenBackAndRefusesWork() {
    EmulatedGpu gpu = new EmulatedGpu();
    GpuSideBench bench = bench(gpu);
    DeviceBuffer buffer = bench.memory.allocate("test", 100);
    DeviceTransforms transforms =
        DeviceTransforms.of(bench, TransformOptions.defaults(), FRAME).orElseThrow();
    bench.memory.close();
    bench.memory.close();
    assertEquals(List.of(), gpu.alive());
    for (Executable use :
        new Executable[] {
          () -> buffer.clear(0, 1),
          () -> bench.memory.allocate("more", 1),
          () -> transforms.forward(1),
          () -> buffer.read(0, FloatBuffer.allocate(1), 0, 1)
        }) {
      assertEquals(ErrorCode.CLOSED, assertThrows(DeviceException.class, use).code());
    }
    buffer.close();
    transforms.close();
    bench.close();
  }

  @Test
  void memoryThatIsKeptMakesRoom() {
    EmulatedGpu gpu = new EmulatedGpu(1 << 20);
    try (GpuSideBench bench = bench(gpu)) {
      bench.memory.allocate("kept", 150_000).close();
      // 600 KB are kept for later, so that 800 KB find no room unless they go.
      DeviceBuffer large = bench.memory.allocate("large", 200_000);
      DeviceException e =
          assertThrows(DeviceException.class, () -> bench.memory.allocate("too much", 100_000));
      assertEquals(ErrorCode.OUT_OF_MEMORY, e.code());
      assertTrue(e.getMessage().contains("too much"), e.getMessage());
      large.close();
      bench.memory.allocate("fits", 100_000).close();
    }
    assertEquals(List.of(), gpu.alive());
  }

  /** Who waits for the memory's user must not wait for the memory. */
  @Test
  void trimmingWaitsForNobody() throws Exception {
    EmulatedGpu gpu = new EmulatedGpu();
    try (GpuSideBench bench = bench(gpu)) {
      int alive = gpu.alive().size();
      bench.memory.allocate("kept", 1000).close();
      try (CudaMemory.Held held = bench.memory.hold()) {
        assertFalse(CompletableFuture.supplyAsync(bench.memory::tryTrim).get());
        assertEquals(alive + 1, gpu.alive().size());
      }
      assertTrue(CompletableFuture.supplyAsync(bench.memory::tryTrim).get());
      assertEquals(alive, gpu.alive().size());
      assertFalse(bench.memory.tryTrim()); // nothing is left
    }
  }

  @Test
  void noRoomForFieldsLeavesNothingBehind() {
    EmulatedGpu gpu = new EmulatedGpu(60_000);
    try (GpuSideBench bench =
        new GpuSideBench("sim:ideal", gpu, 100 * FRAME.pixels(), EmulatedBlas::new)) {
      DeviceException e =
          assertThrows(
              DeviceException.class,
              () -> DeviceTransforms.of(bench, TransformOptions.defaults(), FRAME));
      assertEquals(ErrorCode.OUT_OF_MEMORY, e.code());
      bench.memory.trim();
      bench.memory.allocate("all", 14_000).close();
    }
    assertEquals(List.of(), gpu.alive());
  }

  @Test
  void aLostGpuIsReportedAndClosesQuietly() {
    EmulatedGpu gpu = new EmulatedGpu();
    try (GpuSideBench bench = bench(gpu);
        DeviceTransforms transforms =
            DeviceTransforms.of(bench, TransformOptions.defaults(), FRAME).orElseThrow()) {
      transforms.fields().clear(0, 2L * FRAME.pixels());
      transforms.identify(0, 1, 0);
      gpu.failAt("cuLaunchKernel", 1, ErrorCode.DEVICE_LOST);
      DeviceException e = assertThrows(DeviceException.class, () -> transforms.forward(1));
      assertEquals(ErrorCode.DEVICE_LOST, e.code());
      assertEquals(
          ErrorCode.DEVICE_LOST,
          assertThrows(DeviceException.class, () -> transforms.forward(1)).code());
    }
    assertEquals(List.of(), gpu.alive());
  }

  @Test
  void blocksAreRoundedLittleAndUsedAgain() {
    for (long bytes : new long[] {1, 512, 513, 5000, 1 << 20, (1 << 20) + 1, 3_000_000_001L}) {
      long rounded = MemoryPool.rounded(bytes);
      assertTrue(rounded >= bytes && rounded <= Math.max(512, bytes + bytes / 8 + 512), "" + bytes);
    }
    EmulatedGpu gpu = new EmulatedGpu();
    try (GpuSideBench bench = bench(gpu)) {
      bench.memory.allocate("first", 1000).close();
      int alive = gpu.alive().size();
      bench.memory.allocate("second", 990).close();
      assertEquals(alive, gpu.alive().size());
    }
  }
}
