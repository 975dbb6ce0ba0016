// SPDX-License-Identifier: Apache-2.0
package org.ofp.device.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Arrays for the inner loops of {@link CountCode}, which stay in the first-level cache. */
final class CountScratch implements AutoCloseable {
  /** Values at a time. */
  static final int LANES = 1024;

  private static final Queue<CountScratch> IDLE = new ConcurrentLinkedQueue<>();

  final float[] counts = new float[LANES];
  final float[] shifted = new float[LANES];
  final float[] back = new float[LANES];
  final int[] countBits = new int[LANES];
  final int[] backBits = new int[LANES];
  final int[] low = new int[LANES];
  final int[] high = new int[LANES];
  final int[] lost = new int[LANES];
  final int[] unsigned = new int[LANES];
  final int[] signed = new int[LANES];

  private final FloatBuffer floats;
  private final IntBuffer ints;

  private CountScratch() {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Float.BYTES * LANES).order(ByteOrder.nativeOrder());
    floats = bytes.asFloatBuffer();
    ints = bytes.asIntBuffer();
  }

  /** One that nobody else uses until it is closed. */
  static CountScratch take() {
    CountScratch idle = IDLE.poll();
    return idle == null ? new CountScratch() : idle;
  }

  @Override
  public void close() {
    IDLE.add(this);
  }

  /** The bits of floats: two copies are faster than {@link Float#floatToRawIntBits} on each. */
  void bits(float[] values, int[] bits, int lanes) {
    floats.put(0, values, 0, lanes);
    ints.get(0, bits, 0, lanes);
  }
}
