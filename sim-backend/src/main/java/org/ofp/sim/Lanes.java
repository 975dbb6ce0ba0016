// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

/**
 * Rows of one thread for inner loops, so that frames allocate nothing.
 *
 * <p>The compiler of JDK 17 makes vector instructions of a short loop whose arrays all have the
 * same index; not where one of them has an offset, nor of pairs re, im. So pixels are taken apart
 * into rows, in which one short loop after the other does one thing each, and put together again. A
 * method that takes rows calls no other that does.
 */
final class Lanes {
  /** Values at a time where the number is free: eight rows fit a first-level cache. */
  static final int BLOCK = 512;

  private static final ThreadLocal<Lanes> OF_THREAD =
      ThreadLocal.withInitial(() -> new Lanes(BLOCK));

  final float[] re;
  final float[] im;
  final float[] a;
  final float[] b;
  final float[] c;
  final float[] d;

  private Lanes(int length) {
    re = new float[length];
    im = new float[length];
    a = new float[length];
    b = new float[length];
    c = new float[length];
    d = new float[length];
  }

  /** Rows of at least {@code length} values. */
  static Lanes ofThread(int length) {
    Lanes lanes = OF_THREAD.get();
    if (lanes.re.length < length) {
      lanes = new Lanes(length);
      OF_THREAD.set(lanes);
    }
    return lanes;
  }

  /** Takes {@code n} interleaved numbers from {@code from} apart. */
  void split(float[] interleaved, int from, int n) {
    split(interleaved, from, n, re, im);
  }

  private static void split(float[] interleaved, int from, int n, float[] re, float[] im) {
    for (int i = 0; i < n; i++) {
      re[i] = interleaved[from + 2 * i];
      im[i] = interleaved[from + 2 * i + 1];
    }
  }
}
