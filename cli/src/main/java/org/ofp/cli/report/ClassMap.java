// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

/** A class for every pixel of a picture, as unsigned bytes, row-major. */
final class ClassMap {
  private final int width;
  private final int height;
  private final byte[] classes;

  /** A map over the given classes, which are not copied. */
  ClassMap(int width, int height, byte[] classes) {
    this.width = width;
    this.height = height;
    this.classes = classes;
  }

  /** Columns. */
  int width() {
    return width;
  }

  /** Rows. */
  int height() {
    return height;
  }

  /** The classes themselves, not a copy. */
  byte[] classes() {
    return classes;
  }

  /** The class nearest to each new pixel's centre. */
  ClassMap scaled(int newWidth, int newHeight) {
    byte[] scaled = new byte[newWidth * newHeight];
    for (int y = 0; y < newHeight; y++) {
      int row = (int) ((2L * y + 1) * height / (2L * newHeight)) * width;
      for (int x = 0; x < newWidth; x++) {
        scaled[y * newWidth + x] = classes[row + (int) ((2L * x + 1) * width / (2L * newWidth))];
      }
    }
    return new ClassMap(newWidth, newHeight, scaled);
  }

  /**
   * Where this map differs from a reference, on a coarser grid: a pixel of it is marked if any of
   * the map's pixels in it differs, so that no difference is lost.
   *
   * @param reference of the same size; its pixels of class {@code ignored} never differ
   * @param ignored a class, or -1 for none
   */
  boolean[] differences(ClassMap reference, int ignored, int newWidth, int newHeight) {
    boolean[] marked = new boolean[newWidth * newHeight];
    for (int y = 0; y < height; y++) {
      int row = (int) ((long) y * newHeight / height) * newWidth;
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        int wanted = reference.classes[i] & 0xFF;
        if (wanted != (classes[i] & 0xFF) && wanted != ignored) {
          marked[row + (int) ((long) x * newWidth / width)] = true;
        }
      }
    }
    return marked;
  }

  /** The colours of the classes; what is no class is as {@code others}. */
  int[] colours(int[] palette, int others) {
    int[] pixels = new int[classes.length];
    for (int i = 0; i < pixels.length; i++) {
      int c = classes[i] & 0xFF;
      pixels[i] = c < palette.length ? palette[c] : others;
    }
    return pixels;
  }
}
