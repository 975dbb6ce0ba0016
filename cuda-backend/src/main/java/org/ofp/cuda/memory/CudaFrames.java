// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda.memory;

import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ofp.cuda.gpu.Closing;
import org.ofp.cuda.gpu.Gpu;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.cuda.gpu.HostMemory;
import org.ofp.device.DeviceBuffer;
import org.ofp.device.DeviceException;
import org.ofp.device.DeviceFrames;
import org.ofp.device.ErrorCode;
import org.ofp.device.FieldCoding;
import org.ofp.device.FrameShape;
import org.ofp.device.ReadoutMode;

/**
 * Fields, counts and tables of one {@link FieldCoding}, and the bench that takes the ones to the
 * others. Made once and lent again and again by its {@link CudaMemory}.
 */
final class CudaFrames implements DeviceFrames {
  /** Twice the 2⁻⁵⁰ below which, and half the 2⁶⁴ above which, squares leave a float's range. */
  private static final double LEAST_SCALE = 0x1p-49;

  private static final double GREATEST_NORM = 0x1p63;

  private final CudaMemory memory;
  private final GpuStream stream;
  private final SpectralKernels kernels;
  private final FieldCoding coding;
  private final FrameShape shape;
  private final int capacity;
  private final boolean fourStep;
  private final boolean weighed;
  private final List<Runnable> owned = new ArrayList<>();
  private FramePipeline pipeline;
  private HostMemory facts;
  private HostMemory numbers;
  private CudaBuffer fields;
  private CudaBuffer counts;
  private CudaBuffer factsThere;
  private CudaBuffer factors;
  private CudaBuffer numbersThere;
  private CudaBuffer rowWeights;
  private CudaBuffer colWeights;
  private CudaBuffer rowFactors;
  private CudaBuffer colFactors;
  private boolean lent = true;
  private boolean excess;

  /** Whether the numbers may still be on their way to the GPU. */
  private boolean numbersLeave;

  /** To be called with the memory's lock. */
  CudaFrames(
      CudaMemory memory,
      Gpu gpu,
      GpuStream stream,
      SpectralKernels kernels,
      FieldCoding coding,
      int capacity,
      FramePipeline.Factory pipelines) {
    this.memory = memory;
    this.stream = stream;
    this.kernels = kernels;
    this.coding = coding;
    this.capacity = capacity;
    shape = coding.shape();
    fourStep = coding.mode() == ReadoutMode.FOUR_STEP;
    weighed = coding.weighsDisplay();
    try {
      pipeline = pipelines.open(stream, coding, capacity);
      allocate(gpu);
    } catch (RuntimeException | Error e) {
      free();
      throw e;
    }
  }

  private void allocate(Gpu gpu) {
    long pixels = (long) capacity * shape.pixels();
    int planes = coding.readouts().size() * coding.mode().planes();
    fields = buffer("fields", 2L * pipeline.padded(capacity) * shape.pixels());
    // What lies beyond the fields of a call may be transformed with them.
    fields.clear(0, fields.floats());
    counts = buffer("counts", planes * pixels);
    // Doubles, in the place of two floats each.
    factsThere = buffer("what is known of fields", 2L * FACTS * capacity);
    factors = buffer("what fields are scaled by", capacity);
    numbersThere = buffer("what fields are multiplied by", 2L * NUMBERS * capacity);
    rowWeights = table(coding.rowWeights());
    colWeights = table(coding.colWeights());
    rowFactors = table(coding.rowFactors());
    colFactors = table(coding.colFactors());
    facts = gpu.allocateHost("what is known of fields", (long) FACTS * Double.BYTES * capacity);
    owned.add(facts::close);
    numbers =
        gpu.allocateHost("what fields are multiplied by", (long) NUMBERS * Double.BYTES * capacity);
    owned.add(numbers::close);
  }

  private CudaBuffer buffer(String purpose, long floats) {
    CudaBuffer buffer = memory.take(purpose, floats);
    owned.add(buffer::close);
    return buffer;
  }

  private CudaBuffer table(float[] values) {
    CudaBuffer table = buffer("tables", values.length);
    table.write(FloatBuffer.wrap(values), 0, 0, values.length);
    return table;
  }

  FieldCoding coding() {
    return coding;
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public DeviceBuffer fields() {
    return fields;
  }

  @Override
  public void encode(int n, boolean inverse, double[] into) {
    try (CudaMemory.Held held = memory.hold()) {
      requireUsable(n);
      requireRoom("facts", into.length, FACTS, n);
      kernels.encode(
          shape,
          n,
          address(fields),
          address(factsThere),
          address(factors),
          address(rowWeights),
          address(colWeights),
          coding.holdsMean(),
          weighed,
          inverse);
      stream.download(address(factsThere), facts, 0, (long) FACTS * Double.BYTES * n);
      stream.synchronize();
      numbersLeave = false;
      doubles(facts).get(0, into, 0, FACTS * n);
      excess = false;
      for (int i = 0; i < n; i++) {
        excess |= isExtreme(into[FACTS * i + 2], into[FACTS * i + 3]);
      }
    }
  }

  /** Whether a frame may have been scaled without the headroom that keeps it below 1. */
  private static boolean isExtreme(double scale, double norm) {
    return scale < LEAST_SCALE || scale * norm > GREATEST_NORM;
  }

  @Override
  public void show(
      int n,
      long[] ids,
      int[] repeats,
      double[] meterExposures,
      double[] exposures,
      int[] saturated) {
    try (CudaMemory.Held held = memory.hold()) {
      requireUsable(n);
      int reads = coding.readouts().size();
      requireRoom("ids", ids.length, 1, n);
      requireRoom("repeats", repeats.length, 1, n);
      requireRoom("exposures for metering", meterExposures.length, 1, n);
      requireRoom("exposures", exposures.length, reads, n);
      requireRoom("saturated counts", saturated.length, reads, n);
      pipeline.run(
          excess,
          address(fields),
          address(counts),
          n,
          ids,
          repeats,
          meterExposures,
          exposures,
          saturated);
    }
  }

  @Override
  public void reconstruct(int n, boolean inverse, double[] from) {
    try (CudaMemory.Held held = memory.hold()) {
      requireUsable(n);
      requireRoom("numbers", from.length, NUMBERS, n);
      if (numbersLeave) {
        stream.synchronize();
      }
      numbersLeave = true;
      doubles(numbers).put(0, from, 0, NUMBERS * n);
      stream.upload(numbers, 0, address(numbersThere), (long) NUMBERS * Double.BYTES * n);
      kernels.reconstruct(
          shape,
          n,
          address(counts),
          address(numbersThere),
          address(rowFactors),
          address(colFactors),
          address(fields),
          fourStep,
          inverse);
    }
  }

  private void requireUsable(int n) {
    memory.requireOpen();
    if (!lent) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "this room for fields was closed; ask the memory for another");
    }
    if (n < 1 || n > capacity) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT, n + " fields; there is room for 1 to " + capacity);
    }
  }

  private static void requireRoom(String what, int length, int each, int n) {
    if (length < (long) each * n) {
      throw new DeviceException(
          ErrorCode.INVALID_ARGUMENT,
          "the array of "
              + what
              + " holds "
              + length
              + "; "
              + n
              + " fields need "
              + (long) each * n);
    }
  }

  private long address(CudaBuffer buffer) {
    return buffer.address(memory, 0, 0);
  }

  private static DoubleBuffer doubles(HostMemory host) {
    return host.bytes().order(ByteOrder.nativeOrder()).asDoubleBuffer();
  }

  /** Goes back to the memory, which lends it again. */
  @Override
  public void close() {
    try (CudaMemory.Held held = memory.hold()) {
      if (lent) {
        lent = false;
        memory.giveBack(this);
      }
    }
  }

  /** To be called with the memory's lock. */
  void lend() {
    lent = true;
  }

  /** Gives everything back for good. To be called with the memory's lock. */
  void free() {
    List<Runnable> closings = new ArrayList<>();
    closings.add(this::settle);
    if (pipeline != null) {
      closings.add(pipeline::close);
    }
    closings.addAll(owned);
    owned.clear();
    Closing.all(closings);
  }

  private void settle() {
    try {
      stream.synchronize();
    } catch (DeviceException e) {
      // A GPU that is lost is not waited for; who asks for results is told.
    }
  }
}
