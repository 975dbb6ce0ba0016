// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.data;

import java.util.SplittableRandom;

/** Samples from arrays. */
final class ArraySamples implements Samples {
  private final int side;
  private final int[][] pixels;
  private final byte[][] labels;

  ArraySamples(int side, int[][] pixels, byte[][] labels) {
    this.side = side;
    this.pixels = pixels;
    this.labels = labels;
  }

  static ArraySamples ofLabels(int side, byte[][] labels) {
    return new ArraySamples(side, new int[labels.length][side * side], labels);
  }

  /** Random pixels, and labels that follow from them: the blue modulo 5. */
  static ArraySamples random(int size, int side, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] pixels = new int[size][side * side];
    byte[][] labels = new byte[size][side * side];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < side * side; j++) {
        pixels[i][j] = random.nextInt(1 << 24);
        labels[i][j] = labelOf(pixels[i][j]);
      }
    }
    return new ArraySamples(side, pixels, labels);
  }

  static byte labelOf(int rgb) {
    return (byte) ((rgb & 0xFF) % 5);
  }

  @Override
  public int size() {
    return pixels.length;
  }

  @Override
  public int side() {
    return side;
  }

  @Override
  public void read(int index, int[] rgb, byte[] into) {
    System.arraycopy(pixels[index], 0, rgb, 0, side * side);
    System.arraycopy(labels[index], 0, into, 0, side * side);
  }

  @Override
  public String name(int index) {
    return "sample " + index;
  }
}
