// SPDX-License-Identifier: Apache-2.0
package org.ofp.kernels;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Native work buffers of a call: grown on demand and kept.
 *
 * <p>Aligned to 64 bytes, because vendors promise equal bits from run to run only for equally
 * aligned data, and {@code malloc} aligns to 16.
 */
final class NativeScratch {

  private static final int ALIGNMENT_BYTES = 64;

  static final ScratchPool<NativeScratch> POOL = new ScratchPool<>(NativeScratch::new);

  /** Views for the current call. */
  final NativeView a = new NativeView();

  final NativeView b = new NativeView();
  final NativeView c = new NativeView();

  private float[] heap = new float[0];
  private final Buffer input = new Buffer();
  private final Buffer output = new Buffer();

  private NativeScratch() {}

  /** At least {@code floats} floats; also the buffer of transforms in place. */
  FloatPointer input(int floats) {
    return input.atLeast(floats);
  }

  /** The memory of {@link #input} as a buffer. */
  FloatBuffer inputBuffer(int floats) {
    return input.buffer(floats);
  }

  /** At least {@code floats} floats of Java's. */
  float[] heap(int floats) {
    if (heap.length < floats) {
      heap = new float[floats];
    }
    return heap;
  }

  FloatPointer output(int floats) {
    return output.atLeast(floats);
  }

  /** Aligned memory of zeros, owned by the caller. */
  static Aligned zeros(int floats) {
    Aligned memory = new Aligned(Math.max(1, floats));
    Pointer.memset(memory.pointer, 0, (long) floats * Float.BYTES);
    return memory;
  }

  private static final class Buffer {
    private Aligned memory = new Aligned(1);
    private int capacity = 1;
    private FloatBuffer view;

    FloatPointer atLeast(int floats) {
      if (capacity < floats) {
        memory.free();
        memory = new Aligned(floats);
        capacity = floats;
        view = null;
      }
      return memory.pointer;
    }

    FloatBuffer buffer(int floats) {
      FloatPointer pointer = atLeast(floats);
      if (view == null) {
        view = Unscoped.keep(new FloatPointer(pointer)).limit(capacity).asBuffer();
      }
      return view;
    }
  }

  /** Native memory whose pointer starts at an aligned address. */
  static final class Aligned {
    private final FloatPointer whole;
    private final int floats;
    final FloatPointer pointer;

    Aligned(int floats) {
      this.floats = floats;
      whole = Unscoped.keep(new FloatPointer((long) floats + ALIGNMENT_BYTES / Float.BYTES));
      long beyond = whole.address() % ALIGNMENT_BYTES;
      long skip = beyond == 0 ? 0 : (ALIGNMENT_BYTES - beyond) / Float.BYTES;
      pointer = whole.getPointer(skip);
    }

    /** A view, to be used no longer than until {@link #free}. */
    FloatBuffer buffer() {
      return Unscoped.keep(new FloatPointer(pointer)).limit(floats).asBuffer();
    }

    void free() {
      whole.deallocate();
    }
  }
}
