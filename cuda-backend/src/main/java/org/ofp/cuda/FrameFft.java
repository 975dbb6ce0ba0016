// SPDX-License-Identifier: Apache-2.0
package org.ofp.cuda;

import org.ofp.cuda.gpu.GpuFft;
import org.ofp.cuda.gpu.GpuFftPlan;
import org.ofp.cuda.gpu.GpuStream;
import org.ofp.device.FrameShape;

/**
 * Transforms of any number of frames of one shape on one stream.
 *
 * <p>cuFFT may choose its kernels by the size of the batch, and with them the roundings. So all
 * transforms go in batches of one size, however many frames there are: results do not depend on how
 * frames are spread over jobs. A batch has about a million pixels, enough to fill a GPU; what it
 * transforms beyond the frames that are there costs some microseconds.
 */
final class FrameFft implements AutoCloseable {
  private static final int BATCH_PIXELS = 1 << 20;
  private static final int MOST_FRAMES = 256;

  private final GpuFftPlan plan;
  private final int batch;
  private final float scale;
  private final long frameBytes;

  FrameFft(GpuFft fft, int rows, int cols, GpuStream stream) {
    batch = batch(rows, cols);
    scale = fft.scale(rows, cols);
    frameBytes = 2L * Float.BYTES * rows * cols;
    plan = fft.plan(rows, cols, batch, stream);
  }

  /** Frames of a batch of frames of one shape. */
  static int batch(int rows, int cols) {
    return (int) Math.max(1, Math.min(MOST_FRAMES, BATCH_PIXELS / ((long) rows * cols)));
  }

  /**
   * Most frames of that shape, of {@code fit} or fewer and at least 1, that leave no batch short.
   */
  static int wholeBatches(FrameShape shape, int fit) {
    int batch = batch(shape.rows(), shape.cols());
    return fit < batch ? Math.max(1, fit) : fit / batch * batch;
  }

  /** How many frames there must be room for where {@code frames} are transformed. */
  int padded(int frames) {
    return (frames + batch - 1) / batch * batch;
  }

  /** Frames of a batch. */
  int batch() {
    return batch;
  }

  /** Factor by which results are still to be multiplied for the unitary transform. */
  float scale() {
    return scale;
  }

  /**
   * Queues the transforms in place.
   *
   * @param address of frames, with room for {@link #padded}
   */
  void transform(long address, int frames, boolean inverse) {
    for (int first = 0; first < frames; first += batch) {
      long at = address + first * frameBytes;
      plan.transform(at, at, inverse);
    }
  }

  @Override
  public void close() {
    plan.close();
  }
}
