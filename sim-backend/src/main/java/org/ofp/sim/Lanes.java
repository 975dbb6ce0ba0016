// SPDX-License-Identifier: Apache-2.0
package org.ofp.sim;

/**
 * Rows for inner loops, part of a {@link Workbench}, so that frames allocate nothing.
 *
 * <p>The compiler of JDK 17 makes vector instructions of a short loop whose arrays all have the
 * same index; not where one of them has an offset, nor of pairs re, im. So pixels are taken apart
 * into rows, in which one short loop after the other does one thing each, and put together again. A
 * method that takes rows calls no other that does.
 */
final class Lanes {
  /** Values at a time where the number is free: eight rows fit a first-level cache. */
  static final int BLOCK = 512;

  float[] re;
  float[] im;
  float[] a;
  float[] b;
  float[] c;
  float[] d;

  Lanes() {
    require(BLOCK);
  }

  /** Makes the rows hold at least {@code length} values. */
  void require(int length) {
    if (re == null || re.length < length) {
      re = new float[length];
      im = new float[length];
      a = new float[length];
      b = new float[length];
      c = new float[length];
      d = new float[length];
    }
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
