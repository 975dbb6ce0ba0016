// SPDX-License-Identifier: Apache-2.0
package org.ofp.models.image;

import java.util.List;

/**
 * Names and colours of classes. Immutable.
 *
 * @param classes in the order of their indices
 */
public record ClassPalette(List<Entry> classes) {
  private static final int OPAQUE = 0xFF000000;

  /** The 23 classes of the Semantic Drone Dataset that the article uses. */
  public static final ClassPalette DRONE =
      new ClassPalette(
          List.of(
              entry("unlabeled", 0, 0, 0),
              entry("paved-area", 128, 64, 128),
              entry("dirt", 130, 76, 0),
              entry("grass", 0, 102, 0),
              entry("gravel", 112, 103, 87),
              entry("water", 28, 42, 168),
              entry("rocks", 48, 41, 30),
              entry("pool", 0, 50, 89),
              entry("vegetation", 107, 142, 35),
              entry("roof", 70, 70, 70),
              entry("wall", 102, 102, 156),
              entry("window", 254, 228, 12),
              entry("door", 254, 148, 12),
              entry("fence", 190, 153, 153),
              entry("fence-pole", 153, 153, 153),
              entry("person", 255, 22, 96),
              entry("dog", 102, 51, 0),
              entry("car", 9, 143, 150),
              entry("bicycle", 119, 11, 32),
              entry("tree", 51, 51, 0),
              entry("bald-tree", 190, 250, 190),
              entry("ar-marker", 112, 150, 146),
              entry("obstacle", 2, 135, 115)));

  /**
   * A class.
   *
   * @param name for people
   * @param argb its colour, opaque
   */
  public record Entry(String name, int argb) {
    /** Its colour as {@code #rrggbb}. */
    public String hex() {
      return String.format("#%06x", argb & ~OPAQUE);
    }
  }

  public ClassPalette {
    classes = List.copyOf(classes);
  }

  /** Their names, in the order of their indices. */
  public List<String> names() {
    return classes.stream().map(Entry::name).toList();
  }

  /** The number of classes. */
  public int size() {
    return classes.size();
  }

  /**
   * The colours of a mask.
   *
   * @param mask class indices, row-major
   * @return opaque ARGB pixels
   * @throws IndexOutOfBoundsException if the mask has a class that the palette lacks
   */
  public int[] colourise(int[] mask) {
    int[] colours = classes.stream().mapToInt(Entry::argb).toArray();
    int[] pixels = new int[mask.length];
    for (int i = 0; i < mask.length; i++) {
      pixels[i] = colours[mask[i]];
    }
    return pixels;
  }

  /**
   * As {@link #colourise(int[])}.
   *
   * @param mask class indices as unsigned bytes, row-major
   */
  public int[] colourise(byte[] mask) {
    int[] colours = classes.stream().mapToInt(Entry::argb).toArray();
    int[] pixels = new int[mask.length];
    for (int i = 0; i < mask.length; i++) {
      pixels[i] = colours[mask[i] & 0xFF];
    }
    return pixels;
  }

  private static Entry entry(String name, int red, int green, int blue) {
    return new Entry(name, OPAQUE | red << 16 | green << 8 | blue);
  }
}
