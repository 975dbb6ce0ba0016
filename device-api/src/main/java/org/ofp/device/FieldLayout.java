// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import java.util.Arrays;

/**
 * How the results of a {@link TransformBatch} lie in memory: where a reconstruction puts its
 * pixels, real and imaginary parts apart. Immutable, safe for use by several threads on different
 * fields.
 */
interface FieldLayout {
  /**
   * Puts {@code n} pixels, from {@code from} on, at the pixels of a field from {@code pixel} on.
   *
   * @param field number of the field in its batch
   */
  void put(int field, int pixel, float[] re, float[] im, int from, int n);

  /** Adds a number to {@code n} pixels of a field. */
  void add(int field, int pixel, int n, float re, float im);

  /** Sets a field to zero. */
  void clear(int field);

  /** {@code [fields, pixels, 2]}, re and im in turn. */
  static FieldLayout interleaved(float[] fields, int pixels) {
    return new InterleavedFields(fields, pixels);
  }

  /** {@code [fields, 2, pixels]}, a plane of real parts and one of imaginary parts. */
  static FieldLayout planar(float[] planes, int pixels) {
    return new PlanarFields(planes, pixels);
  }

  /** Re and im in turn. */
  @SuppressWarnings("ArrayRecordComponent") // equal if over the same memory
  record InterleavedFields(float[] fields, int pixels) implements FieldLayout {
    @Override
    public void put(int field, int pixel, float[] re, float[] im, int from, int n) {
      interleave(re, im, from, n, fields, 2 * (field * pixels + pixel));
    }

    private static void interleave(
        float[] re, float[] im, int from, int n, float[] out, int target) {
      for (int j = 0; j < n; j++) {
        out[target + 2 * j] = re[from + j];
        out[target + 2 * j + 1] = im[from + j];
      }
    }

    @Override
    public void add(int field, int pixel, int n, float re, float im) {
      int first = 2 * (field * pixels + pixel);
      for (int i = first; i < first + 2 * n; i += 2) {
        fields[i] += re;
        fields[i + 1] += im;
      }
    }

    @Override
    public void clear(int field) {
      int first = 2 * field * pixels;
      Arrays.fill(fields, first, first + 2 * pixels, 0f);
    }
  }

  /** Planes of real and imaginary parts. */
  @SuppressWarnings("ArrayRecordComponent") // equal if over the same memory
  record PlanarFields(float[] planes, int pixels) implements FieldLayout {
    @Override
    public void put(int field, int pixel, float[] re, float[] im, int from, int n) {
      int target = 2 * field * pixels + pixel;
      System.arraycopy(re, from, planes, target, n);
      System.arraycopy(im, from, planes, target + pixels, n);
    }

    @Override
    public void add(int field, int pixel, int n, float re, float im) {
      int first = 2 * field * pixels + pixel;
      for (int i = first; i < first + n; i++) {
        planes[i] += re;
        planes[i + pixels] += im;
      }
    }

    @Override
    public void clear(int field) {
      int first = 2 * field * pixels;
      Arrays.fill(planes, first, first + 2 * pixels, 0f);
    }
  }
}
